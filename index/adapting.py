"""Learns an `Adapter`, and what is read off the adapted states, from labelled texts: torch's door beside `encoders`.

The layers below the first one that changes are run once for each text and kept, so that an epoch costs a third.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.adapter import MAPS, Adapter
from index.e5 import PackedE5
from index.learned import PIECES, Learned
from index.models import PACKAGED, packaged_folder
from index.onnx_graph import Layer

BATCH = 32
TOKENS = 160  # of a text; what asks mostly stands within
LONG = 256  # of one whose pieces are told apart
WARM_UP = 0.06  # share of the steps in which the rate rises
SMOOTHING = 0.05  # of labels: examples are written by people, and one in twenty may be another's opinion
DROPPED = 0.1
_BUCKET = 16  # batches whose texts are sorted by length together


@dataclass(frozen=True, eq=False)
class Task:
    """One thing to be told of a text: one of several classes, shares of them, or each of several by itself."""

    name: str
    classes: int
    targets: np.ndarray  # (n,) int64, -1: not labelled; or (n, classes) float32, NaN: not labelled
    weight: float = 1.0
    shares: bool = False  # whether the classes of a row share it: they add up to 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How it is learned."""

    first: int = 6  # layer from which the encoder changes
    rank: int = 16
    epochs: int = 5
    rate: float = 1e-3  # of the adapter
    head_rate: float = 2e-3
    seed: int = 0


def learn(
    name: str,
    texts: Sequence[str],
    extras: np.ndarray,
    tasks: Sequence[Task],
    plan: Plan = Plan(),
    progress: Callable[[int, int], None] = lambda done, total: None,
    begin: Learned | None = None,
) -> Learned:
    """From n texts with what else is known of them, (n, k) float32. The same seed and machine give the same weights.

    `begin`: what was learned before, with the same tasks.
    """
    import torch

    torch.manual_seed(plan.seed)
    model = PACKAGED[name]
    packed = PackedE5(packaged_folder(model) / model.weights)
    network = _Network(packed, plan, begin and begin.adapter)
    states = [network.lower(packed, model.prefixes.query + text) for text in texts]
    heads = torch.nn.ModuleDict(
        {task.name: torch.nn.Linear(packed.width + extras.shape[1], task.classes) for task in tasks}
    )
    for task, (weights, bias) in (begin.heads if begin else {}).items():
        heads[task].load_state_dict({"weight": _tensor(weights.T), "bias": _tensor(bias)})
    given = torch.from_numpy(extras.astype(np.float32))

    def loss(batch: Sequence[int]):
        pooled = network.upper([states[place] for place in batch])
        seen = torch.cat([torch.nn.functional.dropout(pooled, DROPPED), given[batch]], dim=1)
        return sum(task.weight * _loss(task, heads[task.name](seen), batch) for task in tasks)

    _descend(network, heads, states, loss, plan, progress)
    return Learned(
        network.adapter(),
        {
            task: (head.weight.detach().numpy().T.copy(), head.bias.detach().numpy().copy())
            for task, head in heads.items()
        },
    )


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text, and what stands in it."""

    text: str
    spans: tuple[tuple[int, int, int], ...]  # characters, half-open, and their class, from 1; 0 is everything else
    only: int = 0  # the one class whose spans are all there, of others nothing is known; 0: all are there


def learn_pieces(
    name: str,
    tagged: Sequence[TaggedText],
    classes: int,
    plan: Plan = Plan(),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Learned:
    """Learns of which class, of so many, each piece of a text is; its head is PIECES."""
    import torch
    from torch.nn import functional

    torch.manual_seed(plan.seed)
    model = PACKAGED[name]
    packed = PackedE5(packaged_folder(model) / model.weights)
    network, head = _Network(packed, plan), torch.nn.Linear(packed.width, classes)
    before = 1 + len(packed.pieces(model.prefixes.query))  # what begins a text, and the prefix
    states = [network.lower(packed, model.prefixes.query + each.text, LONG) for each in tagged]
    wanted = [
        torch.from_numpy(classes_of(each, packed.places(each.text), before, len(s)))
        for each, s in zip(tagged, states, strict=True)
    ]

    def loss(batch: Sequence[int]):
        upper, _known = network.states([states[place] for place in batch])
        logs = functional.log_softmax(head(functional.dropout(upper, DROPPED)), dim=-1)
        losses = []
        for row, place in enumerate(batch):
            target, only = wanted[place], tagged[place].only
            told = logs[row, : len(target)][target >= 0]
            right = target[target >= 0]
            if only:  # of the other classes nothing is known: together they are the rest
                rest = torch.logsumexp(told[:, [n for n in range(classes) if n != only]], dim=1)
                losses.append(-torch.where(right == only, told[:, only], rest))
            else:
                losses.append(-told[torch.arange(len(right)), right])
        return torch.cat(losses).mean()

    _descend(network, head, states, loss, plan, progress)
    weights, bias = head.weight.detach().numpy().T.copy(), head.bias.detach().numpy().copy()
    return Learned(network.adapter(), {PIECES: (weights, bias)})


def classes_of(each: TaggedText, places: Sequence[tuple[int, int]], before: int, length: int) -> np.ndarray:
    """(length,) int64, of each state; -1 for what is of no piece of the text."""
    found = np.full(length, -1, dtype=np.int64)
    for piece, (start, end) in enumerate(places[: length - before - 1], start=before):  # the last one ends a text
        found[piece] = next((kind for a, b, kind in each.spans if a < end and start < b), 0)
    return found


def _descend(
    network: _Network,
    heads,
    states: Sequence,
    loss: Callable[[Sequence[int]], Any],
    plan: Plan,
    progress: Callable[[int, int], None],
) -> None:
    """Learns the changes of a network and the weights of its heads; `loss` is of the states at some places."""
    import torch

    shuffle = random.Random(plan.seed)
    groups = [
        {"params": network.changes(), "lr": plan.rate},
        {"params": list(heads.parameters()), "lr": plan.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = plan.epochs * math.ceil(len(states) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (WARM_UP * steps + 1)) * max(0.02, (steps - step) / steps)
    )
    step = 0
    for _ in range(plan.epochs):
        for batch in _batches([len(each) for each in states], shuffle):
            lost = loss(batch)
            optimiser.zero_grad()
            lost.backward()
            torch.nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            progress(step, steps)


def _loss(task: Task, logits, batch: Sequence[int]):
    import torch
    from torch.nn import functional

    targets = torch.from_numpy(task.targets[batch])
    if task.targets.ndim == 1:
        if not (targets >= 0).any():
            return logits.sum() * 0
        return functional.cross_entropy(logits, targets, ignore_index=-1, label_smoothing=SMOOTHING)
    known = ~torch.isnan(targets)
    if not known.any():
        return logits.sum() * 0
    if task.shares:
        rows = known.all(dim=1)
        return functional.cross_entropy(logits[rows], targets[rows], label_smoothing=SMOOTHING)
    return functional.binary_cross_entropy_with_logits(logits[known], targets[known])


def _batches(lengths: Sequence[int], shuffle: random.Random) -> Iterator[list[int]]:
    """Every place once, in batches of texts that are about as long."""
    places = list(range(len(lengths)))
    shuffle.shuffle(places)
    size = BATCH * _BUCKET
    batches = []
    for start in range(0, len(places), size):
        near = sorted(places[start : start + size], key=lambda place: lengths[place])
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    shuffle.shuffle(batches)
    yield from batches


class _Network:
    """The encoder in torch: its lower layers as they are, its upper ones with low-rank changes to be learned."""

    def __init__(self, packed: PackedE5, plan: Plan, begin: Adapter | None = None) -> None:
        import torch

        bert = packed.encoder()
        self._heads, self._epsilon = bert.heads, bert.epsilon
        self._norm = tuple(map(_tensor, bert.norm))
        layers = [_tensors(layer) for layer in bert.layers]
        self._lower, self._upper = layers[: plan.first], layers[plan.first :]
        self._first = plan.first
        self._changes: dict[tuple[int, str], tuple] = {}
        for number, layer in enumerate(self._upper, start=plan.first):
            for name in MAPS:
                inside, outside = layer[name][0].shape
                down, up = torch.randn(inside, plan.rank) / inside**0.5, torch.zeros(plan.rank, outside)
                if begin:
                    down, up = map(_tensor, begin.changes[number, name])
                self._changes[number, name] = (torch.nn.Parameter(down), torch.nn.Parameter(up))

    def changes(self) -> list:
        return [side for change in self._changes.values() for side in change]

    def adapter(self) -> Adapter:
        """What was learned, in half precision: the changes are small."""
        return Adapter(
            {
                key: (down.detach().numpy().astype(np.float16), up.detach().numpy().astype(np.float16))
                for key, (down, up) in self._changes.items()
            }
        )

    def lower(self, packed: PackedE5, text: str, most: int = TOKENS):
        """(tokens, width), what the first layer that changes is given."""
        import torch

        with torch.no_grad():
            states = torch.from_numpy(packed.embeddings(packed.pieces(text)[:most]))
            states = torch.nn.functional.layer_norm(states, states.shape[-1:], *self._norm, self._epsilon)
            for layer in self._lower:
                states = self._run(layer, states, None, {})
        return states[0].half()

    def upper(self, states: Sequence):
        """(n, width): the mean of the adapted states of each text."""
        padded, known = self.states(states)
        return (padded * known[..., None]).sum(1) / known.sum(1, keepdim=True)

    def states(self, states: Sequence):
        """(n, longest, width), adapted, and (n, longest), 1 where a text has a piece."""
        import torch

        longest = max(len(each) for each in states)
        padded = torch.zeros(len(states), longest, states[0].shape[-1])
        known = torch.zeros(len(states), longest)
        for place, each in enumerate(states):
            padded[place, : len(each)], known[place, : len(each)] = each.float(), 1.0
        hidden = (1 - known)[:, None, None, :] * -1e9
        for number, layer in enumerate(self._upper, start=self._first):
            padded = self._run(layer, padded, hidden, {name: self._changes[number, name] for name in MAPS})
        return padded, known

    def _run(self, layer: dict, states, hidden, changes: dict):
        """One layer of the BERT kind; `hidden` is added to what attention makes of padding."""
        from torch.nn import functional

        def mapped(name: str, given):
            weights, bias = layer[name]
            made = given @ weights + bias
            if name in changes:
                down, up = changes[name]
                made = made + given @ down @ up
            return made

        def split(made):
            return made.view(*made.shape[:2], self._heads, -1).transpose(1, 2)

        query, key, value = (split(mapped(name, states)) for name in ("query", "key", "value"))
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden)
        context = seen.transpose(1, 2).reshape(states.shape)
        size = states.shape[-1:]
        states = functional.layer_norm(
            states + mapped("attended", context), size, *layer["attended_norm"], self._epsilon
        )
        inner = functional.gelu(mapped("inner", states))
        return functional.layer_norm(states + mapped("outer", inner), size, *layer["outer_norm"], self._epsilon)


def _tensors(layer: Layer) -> dict:
    names = (*MAPS, "attended_norm", "outer_norm")
    return {name: tuple(map(_tensor, getattr(layer, name))) for name in names}


def _tensor(array: np.ndarray):
    import torch

    return torch.from_numpy(np.array(array, dtype=np.float32))
