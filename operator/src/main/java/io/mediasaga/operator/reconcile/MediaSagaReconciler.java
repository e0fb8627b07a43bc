package io.mediasaga.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.crd.v1alpha1.MediaSagaStatus;
import io.mediasaga.operator.apply.Applied;
import io.mediasaga.operator.apply.Applier;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.model.Planner;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.orchestrator.Counts;
import io.mediasaga.operator.orchestrator.Handover;
import io.mediasaga.operator.orchestrator.Outcome;
import io.mediasaga.operator.render.Renderer;
import io.mediasaga.operator.status.Findings;
import io.mediasaga.operator.status.StatusFactory;
import io.mediasaga.operator.status.Storyteller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One round: look, plan, apply, hand over, tell. Whatever fails is tried again; whatever is refused is told. */
@ControllerConfiguration(name = "mediasaga")
final class MediaSagaReconciler implements Reconciler<MediaSaga>, Cleaner<MediaSaga> {

    static final String FINALIZER = "mediasaga.io/operator";

    private static final Duration SOON = Duration.ofMillis(200);

    private final Caches caches;
    private final Neighbours neighbours;
    private final NeighbourEvents neighbourEvents;
    private final OptionalApis apis;
    private final Observer observer;
    private final TopicCare topics;
    private final Planner planner;
    private final Renderer renderer;
    private final Applier applier;
    private final Pruner pruner;
    private final Handover handover;
    private final StatusFactory statuses;
    private final Storyteller storyteller;
    private final Deletion deletion;

    MediaSagaReconciler(
            Caches caches,
            Neighbours neighbours,
            NeighbourEvents neighbourEvents,
            OptionalApis apis,
            Observer observer,
            TopicCare topics,
            Planner planner,
            Renderer renderer,
            Applier applier,
            Pruner pruner,
            Handover handover,
            StatusFactory statuses,
            Storyteller storyteller,
            Deletion deletion) {
        this.caches = caches;
        this.neighbours = neighbours;
        this.neighbourEvents = neighbourEvents;
        this.apis = apis;
        this.observer = observer;
        this.topics = topics;
        this.planner = planner;
        this.renderer = renderer;
        this.applier = applier;
        this.pruner = pruner;
        this.handover = handover;
        this.statuses = statuses;
        this.storyteller = storyteller;
        this.deletion = deletion;
    }

    @Override
    public List<EventSource<?, MediaSaga>> prepareEventSources(EventSourceContext<MediaSaga> context) {
        neighbours.use(context.getPrimaryCache());
        List<EventSource<?, MediaSaga>> sources = new ArrayList<>(caches.always(context));
        sources.add(neighbourEvents);
        return sources;
    }

    @Override
    public UpdateControl<MediaSaga> reconcile(MediaSaga resource, Context<MediaSaga> context) {
        var present = apis.current();
        caches.adjust(present, context);
        Optional<Saga> valid = neighbours.resolve(resource);
        if (valid.isEmpty()) {
            return control(resource, statuses.invalid(resource, neighbours.problem(resource)), Optional.empty(), context);
        }
        Saga saga = valid.get();
        // Asked only when sagas may run: before the definition is accepted there are none.
        Optional<Counts> counts = StatusFactory.before(resource).definition() == null
                ? Optional.empty()
                : handover.counts(saga);
        OptionalLong running = StatusFactory.before(resource).definition() == null
                ? OptionalLong.of(0)
                : counts.map(found -> OptionalLong.of(found.active())).orElse(OptionalLong.empty());
        Observer.View view = observer.look(saga, present, running, topics.partitions(saga));
        List<Saga> others = neighbours.others(resource);
        Plan plan = planner.plan(saga, others, view.observed());
        var objects = renderer.render(plan);
        Applied applied = applier.apply(objects);
        storyteller.drifts(resource, applied);
        pruner.prune(plan, objects);
        var topicFindings = topics.findings(saga, plan);
        boolean known = StatusFactory.before(resource).definition() != null;
        Optional<Outcome> outcome = topicFindings.allReady() || known
                ? Optional.of(handover.ensure(resource, saga))
                : Optional.empty();
        // Just accepted: its counts belong into the same status, not into another write a minute later.
        boolean accepted = outcome.filter(Outcome.Accepted.class::isInstance).isPresent();
        Optional<Counts> told = counts.isEmpty() && accepted ? handover.counts(saga) : counts;
        // What was just written is not ready yet, though what was there before it may have been.
        Plan now = applied.written() == 0
                ? plan
                : planner.plan(saga, others, observer.look(saga, present, running, topics.partitions(saga)).observed());
        var findings = new Findings(
                now, applied, topicFindings, view.secretProblems(), view.staleSecrets(), outcome, told);
        // What was just written is in the caches: the next round sees it, and whether that is the end of it.
        Duration due = handover.next(saga.id().uid());
        Duration next = topics.next(saga).filter(care -> care.compareTo(due) < 0).orElse(due);
        return control(resource, statuses.of(resource, findings), Optional.of(applied.written() > 0 ? SOON : next), context);
    }

    private UpdateControl<MediaSaga> control(
            MediaSaga resource, MediaSagaStatus status, Optional<Duration> again, Context<MediaSaga> context) {
        MediaSagaStatus before = StatusFactory.before(resource);
        storyteller.changes(resource, before, status);
        if (!status.equals(before)) {
            // Into the cache, too: the next round would compare with what was before it, and tell everything twice.
            PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(resource, StatusFactory.patch(resource, status), context);
        }
        UpdateControl<MediaSaga> control = UpdateControl.noUpdate();
        again.map(delay -> delay.compareTo(SOON) < 0 ? SOON : delay).ifPresent(control::rescheduleAfter);
        return control;
    }

    @Override
    public DeleteControl cleanup(MediaSaga resource, Context<MediaSaga> context) {
        caches.adjust(apis.current(), context);
        Optional<Deletion.Wait> wait = deletion.proceed(resource, neighbours.resolve(resource), neighbours.others(resource));
        if (wait.isPresent()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(wait.get().delay().toMillis());
        }
        return DeleteControl.defaultDelete();
    }
}
