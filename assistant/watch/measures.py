"""Steps as Prometheus measures and as OpenTelemetry traces. The door to both libraries, loaded only where set."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from assistant.watch.steps import ANSWER, ObservedStep, Observer, observe

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from prometheus_client import Counter

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900)  # from a search to an answer of a slow model


class Measures:
    """Counts steps, answers, errors and records of the log, from the moment it is made."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

        disable_created_metrics()  # a second line of the time for each measure
        self._registry = CollectorRegistry()
        own = {"namespace": "icat", "registry": self._registry}
        self._answers = Counter("answers", "Answers by how they ended", ["status"], **own)
        self._seconds = Histogram("step_seconds", "Seconds that steps took", ["step"], buckets=SECONDS, **own)
        self._running = Gauge("steps_running", "Steps that are being taken; turn: requests in line", ["step"], **own)
        self._errors = Counter("errors", "Steps that ended in an error, by its kind", ["step", "kind"], **own)
        self._records = Counter("log_records", "Warnings and errors of the log", ["level"], **own)
        observe(self._observed)
        logging.getLogger().addHandler(_Counting(self._records))

    def text(self) -> tuple[bytes, str]:
        """All of it as Prometheus reads it, and the media type of that."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        return generate_latest(self._registry), CONTENT_TYPE_LATEST

    @contextmanager
    def _observed(self, step: ObservedStep) -> Iterator[None]:
        begun = monotonic()
        with self._running.labels(step.name).track_inprogress():
            try:
                yield
            finally:
                self._seconds.labels(step.name).observe(monotonic() - begun)
                if step.error:
                    self._errors.labels(step.name, step.error).inc()
                if step.name == ANSWER:
                    self._answers.labels(step.ending).inc()


class _Counting(logging.Handler):
    """Counts what is logged."""

    def __init__(self, records: Counter) -> None:
        super().__init__(logging.WARNING)
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.labels(record.levelname.lower()).inc()


def trace(address: str) -> None:
    """From now on steps are sent as spans to the OTLP collector (gRPC) at this address, without words of any error."""
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # Not the provider of the whole process: web libraries would send the addresses of requests to it.
    provider = TracerProvider(resource=Resource.create({"service.name": "icat-assistant"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address)))
    observe(spans(provider))


def spans(provider: TracerProvider) -> Observer:
    """Opens a span for each step, with how an answer ended and the kind of an error."""
    from opentelemetry.trace import Status, StatusCode

    tracer = provider.get_tracer("icat")

    @contextmanager
    def observed(step: ObservedStep) -> Iterator[None]:
        with tracer.start_as_current_span(step.name, record_exception=False, set_status_on_exception=False) as span:
            try:
                yield
            finally:
                if step.name == ANSWER:
                    span.set_attribute("icat.status", step.ending)
                if step.error:
                    span.set_status(Status(StatusCode.ERROR, step.error))

    return observed
