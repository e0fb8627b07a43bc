package io.mediasaga.processing.ffmpeg;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The JSON that ffprobe writes, as far as it is asked for; every value may be missing. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ProbeReport(@Nullable Format format, @Nullable List<Stream> streams) {

    /** The entries to ask ffprobe for. No tags: they are free text of any size. */
    static final String ENTRIES = "format=format_name,duration,probe_score,nb_streams"
            + ":stream=index,codec_type,codec_name,width,height,avg_frame_rate,sample_aspect_ratio,channels,duration"
            + ",field_order,color_transfer,color_primaries,color_space"
            + ":stream_disposition=attached_pic:stream_side_data=rotation";

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Format(@Nullable String formatName, @Nullable String duration, int probeScore, int nbStreams) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Stream(
            int index,
            @Nullable String codecType,
            @Nullable String codecName,
            int width,
            int height,
            @Nullable String avgFrameRate,
            @Nullable String sampleAspectRatio,
            int channels,
            @Nullable String duration,
            @Nullable String fieldOrder,
            @Nullable String colorTransfer,
            @Nullable String colorPrimaries,
            @Nullable String colorSpace,
            @Nullable Disposition disposition,
            @Nullable List<SideData> sideDataList) {

        boolean isCover() {
            return disposition != null && disposition.attachedPic() == 1;
        }

        boolean is(String type) {
            return type.equals(codecType) && codecName != null;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Disposition(int attachedPic) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record SideData(@Nullable Double rotation) {}

    MediaInfo info() {
        List<Stream> all = streams == null ? List.of() : streams;
        Format container = format == null ? new Format("", null, 0, all.size()) : format;
        Optional<Stream> video = all.stream()
                .filter(s -> s.is("video") && !s.isCover() && s.width() > 0 && s.height() > 0)
                .findFirst();
        Optional<Stream> audio = all.stream().filter(s -> s.is("audio") && s.channels() > 0).findFirst();
        int cover = all.stream().filter(s -> s.is("video") && s.isCover()).mapToInt(Stream::index).findFirst().orElse(-1);
        OptionalDouble duration = number(container.duration());
        return new MediaInfo(
                container.formatName() == null ? "" : container.formatName(),
                container.probeScore(),
                duration.isPresent() && duration.getAsDouble() > 0 ? duration(duration.getAsDouble()) : null,
                video.map(ProbeReport::video).orElse(null),
                audio.map(s -> new MediaInfo.Audio(s.index(), codec(s), s.channels())).orElse(null),
                cover,
                Math.max(container.nbStreams(), all.size()));
    }

    private static MediaInfo.Video video(Stream stream) {
        double aspect = ratio(stream.sampleAspectRatio(), ":");
        long width = aspect > 0 ? Math.round(stream.width() * aspect) : stream.width();
        int height = stream.height();
        boolean turned = stream.sideDataList() != null
                && stream.sideDataList().stream()
                        .map(SideData::rotation)
                        .anyMatch(r -> r != null && Math.abs(Math.round(r)) % 180 == 90);
        int shownWidth = Math.clamp(width, 1, Integer.MAX_VALUE);
        return new MediaInfo.Video(
                stream.index(),
                codec(stream),
                turned ? height : shownWidth,
                turned ? shownWidth : height,
                (long) stream.width() * stream.height(),
                ratio(stream.avgFrameRate(), "/"),
                Footage.of(stream.fieldOrder(), stream.colorTransfer(), stream.colorPrimaries(), stream.colorSpace()));
    }

    private static String codec(Stream stream) {
        return stream.codecName() == null ? "" : stream.codecName();
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(Math.min(seconds, 1e12) * 1000));
    }

    private static double ratio(@Nullable String text, String separator) {
        String[] parts = text == null ? new String[0] : text.split(separator);
        if (parts.length != 2) {
            return 0;
        }
        double above = number(parts[0]).orElse(0);
        double below = number(parts[1]).orElse(0);
        return above > 0 && below > 0 ? above / below : 0;
    }

    private static OptionalDouble number(@Nullable String text) {
        try {
            double value = text == null ? Double.NaN : Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
