package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenditionTest {

    @ParameterizedTest
    @CsvSource({
        "3840, 2160, 1080p 720p 480p 360p 240p",
        "1920, 1080, 1080p 720p 480p 360p 240p",
        "1600, 900, 720p 480p 360p 240p",
        "640, 360, 360p 240p",
        "426, 240, 240p",
        "160, 120, 120p",
        "1080, 1920, 1080p 720p 480p 360p 240p",
        "240, 320, 240p",
        "720, 1280, 720p 480p 360p 240p"
    })
    void neverAboveTheSource(int width, int height, String names) {
        var ladder = Rendition.ladder(video(width, height));

        assertThat(ladder).extracting(Rendition::name).containsExactly(names.split(" "));
        assertThat(ladder).allSatisfy(rendition -> {
            assertThat(rendition.height()).isLessThanOrEqualTo(height).isEven();
            assertThat(rendition.width()).isEven().isLessThanOrEqualTo(width + 1);
            assertThat((double) rendition.width() / rendition.height())
                    .isCloseTo((double) width / height, within(0.02));
        });
    }

    @ParameterizedTest
    @CsvSource({"1920, 1080", "1080, 1920", "720, 1280", "240, 320", "160, 120"})
    void theLargestIsAsLargeAsTheSourceHoweverItStands(int width, int height) {
        assertThat(Rendition.ladder(video(width, height)).getFirst())
                .extracting(Rendition::width, Rendition::height)
                .containsExactly(width, height);
    }

    @Test
    void extremeShapesStayWithinWhatTheEncoderTakes() {
        assertThat(Rendition.ladder(video(16000, 20))).allSatisfy(r -> {
            assertThat(r.width()).isBetween(16, 3840);
            assertThat(r.height()).isBetween(16, 20);
        });
        assertThat(Rendition.ladder(video(20, 16000))).allSatisfy(r -> {
            assertThat(r.width()).isBetween(16, 20);
            assertThat(r.height()).isBetween(16, 3840);
        });
        assertThat(Rendition.ladder(video(2, 2000))).allSatisfy(r -> assertThat(r.width()).isGreaterThanOrEqualTo(16));
    }

    private static MediaInfo.Video video(int width, int height) {
        return new MediaInfo.Video(0, "h264", width, height, (long) width * height, 25, Footage.PLAIN);
    }
}
