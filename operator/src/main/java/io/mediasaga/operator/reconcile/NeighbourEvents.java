package io.mediasaga.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Wakes those who share something with a MediaSaga that has come, changed or begun to go. */
final class NeighbourEvents extends AbstractEventSource<MediaSaga, MediaSaga> implements ResourceEventAware<MediaSaga> {

    private final Neighbours neighbours;

    NeighbourEvents(Neighbours neighbours) {
        super(MediaSaga.class, "neighbours");
        this.neighbours = neighbours;
    }

    @Override
    public Set<MediaSaga> getSecondaryResources(MediaSaga primary) {
        return Set.of();
    }

    @Override
    public void onResourceCreated(MediaSaga resource) {
        wake(neighbours.sharing(resource));
    }

    @Override
    public void onResourceUpdated(MediaSaga resource, MediaSaga before) {
        boolean changed = !Objects.equals(resource.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || resource.getMetadata().getDeletionTimestamp() != null
                        && before.getMetadata().getDeletionTimestamp() == null;
        if (changed) {
            Set<ResourceID> ids = new HashSet<>(neighbours.sharing(before));
            ids.addAll(neighbours.sharing(resource));
            wake(ids);
        }
    }

    @Override
    public void onResourceDeleted(MediaSaga resource) {
        wake(neighbours.sharing(resource));
        neighbours.forget(resource);
    }

    /** Wakes everybody. */
    void wakeAll() {
        if (isRunning()) {
            neighbours.all().forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }

    private void wake(Set<ResourceID> ids) {
        if (isRunning()) {
            ids.forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }
}
