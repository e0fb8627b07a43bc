package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.processing.ffmpeg.MediaRefusedException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as they should not be, given straight to FFmpeg, without the look at their first bytes that comes before. */
class HostileFilesTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n%s\n#EXT-X-ENDLIST\n",
                "ffconcat version 1.0\nfile '%s'\n",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
                "<MPD type='static'><Period><AdaptationSet><Representation><BaseURL>%s</BaseURL></Representation></AdaptationSet>"
                        + "</Period></MPD>",
                "hello, this is text"
            })
    void nothingThatNamesOtherFilesIsRead(String text) throws Exception {
        Path secret = TestMedia.video(temp.resolve("secret.mp4"), 320, 240, 1);
        Path hostile = Files.writeString(temp.resolve("hostile"), text.formatted(secret));

        assertRefused(hostile, Code.CORRUPT_MEDIA);
    }

    @Test
    void aMovThatRefersToAnotherFileDoesNotGetIt() throws Exception {
        // QuickTime may keep its media in a file that it only names; FFmpeg follows that when it is told to, and is not.
        assertThat(Input.media(TestMedia.LIMITS)).doesNotContain("-enable_drefs", "-use_absolute_path");
    }

    @Test
    void aCutOffFileIsCalledDamaged() throws Exception {
        byte[] whole = Files.readAllBytes(TestMedia.video(temp.resolve("a.mp4"), 320, 240, 12));
        Path cut = Files.write(temp.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> encode(cut))
                .isInstanceOf(MediaRefusedException.class)
                .hasMessageContaining("cut off or damaged")
                .hasMessageContaining("of its 12.0 seconds");
    }

    @Test
    void aFileWithoutItsIndexIsCalledDamaged() throws Exception {
        Path indexLast = TestMedia.run(
                temp.resolve("b.mp4"),
                "-i", TestMedia.video(temp.resolve("a.mp4"), 320, 240, 4).toString(), "-c", "copy");
        byte[] whole = Files.readAllBytes(indexLast);
        Path cut = Files.write(temp.resolve("cut"), Arrays.copyOf(whole, whole.length * 9 / 10));

        assertThatThrownBy(() -> encode(cut))
                .isInstanceOf(MediaRefusedException.class)
                .hasMessage("The file cannot be read as video or sound (FFmpeg says: moov atom not found).");
    }

    @Test
    void garbledContentIsCalledDamaged() throws Exception {
        byte[] content = Files.readAllBytes(TestMedia.video(temp.resolve("a.mp4"), 320, 240, 4));
        Random random = new Random(42);
        for (int i = content.length / 20; i < content.length; i++) {
            content[i] = (byte) random.nextInt();
        }
        Path garbled = Files.write(temp.resolve("garbled"), content);

        assertRefused(garbled, Code.CORRUPT_MEDIA);
    }

    @Test
    void nothingButNoiseAfterAGoodBeginning() throws Exception {
        byte[] noise = new byte[500_000];
        new Random(7).nextBytes(noise);
        System.arraycopy(new byte[] {0, 0, 0, 32, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'}, 0, noise, 0, 12);

        assertRefused(Files.write(temp.resolve("noise"), noise), Code.CORRUPT_MEDIA);
    }

    @Test
    void aHugePictureIsNotDecoded() throws Exception {
        // Small file, large picture: one colour at 8000 × 6000 in a few kilobytes.
        Path huge = TestMedia.run(temp.resolve("huge.mkv"), "-filter_complex", "color=c=red:s=8000x6000:r=1:d=3[v]", "-map", "[v]",
                "-c:v", "mjpeg", "-q:v", "31");

        assertRefused(huge, Code.MEDIA_TOO_LARGE);
    }

    @Test
    void tooManyStreamsAreRefused() throws Exception {
        Path many = TestMedia.run(temp.resolve("many.mkv"), "-filter_complex",
                "sine=d=1,asplit=10[a][b][c][d][e][f][g][h][i][j]", "-map", "[a]", "-map", "[b]", "-map", "[c]", "-map", "[d]",
                "-map", "[e]", "-map", "[f]", "-map", "[g]", "-map", "[h]", "-map", "[i]", "-map", "[j]", "-c:a", "aac");

        assertRefused(many, Code.MEDIA_TOO_LARGE);
    }

    @Test
    void tooLongIsRefused() throws Exception {
        assertRefused(
                TestMedia.run(temp.resolve("long.wav"), "-filter_complex", "anullsrc=r=8000:cl=mono,atrim=duration=320[a]", "-map", "[a]"),
                Code.MEDIA_TOO_LARGE);
    }

    private void assertRefused(Path file, Code code) {
        assertThatThrownBy(() -> encode(file))
                .isInstanceOfSatisfying(MediaRefusedException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.getMessage()).endsWith(".").doesNotContain(temp.toString());
                });
    }

    private void encode(Path file) throws IOException, InterruptedException, MediaRefusedException, StoppedException {
        Path folder = TestMedia.working(temp, file);
        FFmpeg ffmpeg = TestMedia.ffmpeg();
        MediaInfo info = new Prober(ffmpeg, TestMedia.LIMITS).media(folder, Stop.NEVER);
        new HlsEncoder(ffmpeg, TestMedia.LIMITS, "libopenh264").encode(folder, info, Stop.NEVER, done -> {});
    }
}
