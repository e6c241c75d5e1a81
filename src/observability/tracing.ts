import type { IncomingMessage, ServerResponse } from 'node:http';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Signing, signing } from '../keys/signing-channel.js';
import { methodClass, requestClass } from './request-class.js';
import { traceStatements } from './statement-spans.js';

const CLOSE_LIMIT_MS = 2000;

/**
 * Traces by OpenTelemetry: a span for each request, statement and signature, as part of the trace that `traceparent`
 * names (W3C Trace Context). They carry names of fixed lists, the tenant's slug and the request's id: no address, query,
 * parameter, value or person. This file loads the SDK, so it is imported only when traces are configured.
 */
export class Tracing {
  private readonly provider: NodeTracerProvider;
  private readonly tracer;
  private readonly undo: (() => void)[] = [];

  constructor() {
    const resource = resourceFromAttributes({ 'service.name': 'tenantry' }).merge(
      detectResources({ detectors: [envDetector] }),
    );
    this.provider = new NodeTracerProvider({
      resource,
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    });
    this.provider.register();
    this.tracer = trace.getTracer('tenantry');
    this.undo.push(traceStatements(this.tracer), this.traceSignatures());
  }

  /** Runs the handling of a request within its span, which ends with the answer. */
  run(
    request: IncomingMessage,
    response: ServerResponse,
    { path, tenant }: { readonly path: string; readonly tenant: string | undefined },
    handle: () => void,
  ): void {
    const route = requestClass(path);
    const method = methodClass(request.method);
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'tenantry.request_id': request.requestId ?? '',
      ...(tenant !== undefined && { 'tenantry.tenant': tenant }),
    };
    const span = this.tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(parent, span), handle);
  }

  /** Sends what is left, if the collector takes it in time. */
  async close(): Promise<void> {
    for (const undo of this.undo) undo();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_LIMIT_MS)));
    await Promise.race([this.provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  }

  private traceSignatures(): () => void {
    const spans = new WeakMap<Signing, Span>();
    const listeners = {
      start: (message: unknown) => {
        const signed = message as Signing;
        if (trace.getActiveSpan()) spans.set(signed, this.tracer.startSpan(`sign ${signed.alg}`));
      },
      end: (message: unknown) => spans.get(message as Signing)?.end(),
    };
    signing.start.subscribe(listeners.start);
    signing.end.subscribe(listeners.end);
    return () => {
      signing.start.unsubscribe(listeners.start);
      signing.end.unsubscribe(listeners.end);
    };
  }
}
