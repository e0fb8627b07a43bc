package io.mediasaga.processing;

import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.processing.ffmpeg.MediaRefusedException;
import io.mediasaga.processing.ffmpeg.Stop;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.ObjectNotFoundException;
import io.mediasaga.storage.StorageFullException;
import io.mediasaga.storage.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Processes the uploaded file. */
@Component
@Handles(
        topic = "commands.processing.start",
        type = "ProcessingStart",
        success = @Handles.Reply(topic = "events.processing.succeeded", type = "ProcessingSucceeded"),
        failure = @Handles.Reply(topic = "events.processing.failed", type = "ProcessingFailed"))
class ProcessingStartHandler implements LongCommandHandler<ProcessingStart> {

    private final MediaProcessor processor;
    private final MediaStore store;
    private final Jobs jobs;
    private final Consumer<List<Jobs.Done>> doneAtOnce;
    private final MeterRegistry metrics;

    ProcessingStartHandler(MediaProcessor processor, MediaStore store, Jobs jobs, MeterRegistry metrics) {
        this.processor = processor;
        this.store = store;
        this.jobs = jobs;
        this.doneAtOnce = jobs::doneAtOnce;
        this.metrics = metrics;
    }

    /** A file that is to be published as it is takes a look at it and nothing more. */
    @Override
    public @Nullable Outcome atOnce(Command<ProcessingStart> command) throws Exception {
        boolean asked = Profile.named(command.payload().profile()).orElse(null) == Profile.PASSTHROUGH;
        if (!asked || !store.copiesByName()) {
            return null;
        }
        Timer.Sample sample = Timer.start(metrics);
        MediaJob job = command.payload().job(command.sagaId(), 0, Profile.PASSTHROUGH);
        ProcessingResult result = processor.asItIs(job, Plan.ASKED_FOR);
        sample.stop(metrics.timer("mediasaga.processing", "outcome", result.profile()));
        return Outcome.success(result).inTransaction(doneAtOnce, new Jobs.Done(job, result));
    }

    @Override
    public Outcome run(Command<ProcessingStart> command, Work work) throws Exception {
        Optional<Profile> profile = Profile.named(command.payload().profile());
        if (profile.isEmpty()) {
            return Outcome.refused("UNKNOWN_PROFILE", "There is no such profile: use auto, hls or passthrough.");
        }
        MediaJob job = command.payload().job(command.sagaId(), work.epoch(), profile.get());
        Timer.Sample sample = Timer.start(metrics);
        Outcome outcome = process(job, work);
        sample.stop(metrics.timer("mediasaga.processing", "outcome", name(outcome)));
        return outcome;
    }

    private Outcome process(MediaJob job, Work work) throws Exception {
        try {
            ProcessingResult result = processor.process(job, stop(work), new ProgressReporter(job, work, jobs));
            return Outcome.success(result).inTransaction(() -> jobs.done(job, result));
        } catch (MediaRefusedException e) {
            jobs.failed(job, e.getMessage());
            return Outcome.refused(e.code().name(), e.getMessage());
        } catch (ObjectNotFoundException e) {
            String reason = "The uploaded file is no longer there, so it cannot be processed.";
            jobs.failed(job, reason);
            return Outcome.refused("SOURCE_MISSING", reason);
        } catch (StorageFullException e) {
            jobs.failed(job, e.getMessage());
            return Outcome.failed("STORAGE_FULL", e.getMessage());
        } catch (StoreUnavailableException e) {
            throw new AwayException(e.getMessage(), e);
        }
    }

    /** The profile that was carried out, or why none was. */
    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Success(ProcessingResult result, _) -> result.profile();
            case Outcome.Success _ -> "success";
            case Outcome.Failure failure -> failure.code().toLowerCase(Locale.ROOT);
        };
    }

    private static Stop stop(Work work) {
        return new Stop() {
            @Override
            public boolean stopped() {
                return work.stopped();
            }

            @Override
            public void onStop(Runnable action) {
                work.onStop(action);
            }
        };
    }
}
