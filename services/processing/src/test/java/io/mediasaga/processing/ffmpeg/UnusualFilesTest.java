package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are unusual but fine. */
class UnusualFilesTest {

    @TempDir
    private Path temp;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "one frame          | a.mp4  | testsrc2=s=320x240:r=25:d=0.04[v]                       | -map [v] -c:v libopenh264",
        "no sound           | a.mkv  | testsrc2=s=320x240:r=25:d=2[v]                          | -map [v] -c:v mjpeg",
        "odd sizes          | a.mkv  | testsrc2=s=641x361:r=25:d=1[v]                          | -map [v] -c:v mpeg4",
        "tiny               | a.mkv  | testsrc2=s=32x18:r=10:d=1[v]                            | -map [v] -c:v mpeg4",
        "tall               | a.mkv  | testsrc2=s=40x800:r=10:d=1[v]                           | -map [v] -c:v mpeg4",
        "many frames        | a.mkv  | testsrc2=s=320x240:r=120:d=2[v]                         | -map [v] -c:v mpeg4",
        "few frames         | a.mkv  | testsrc2=s=320x240:r=1:d=9[v]                           | -map [v] -c:v mpeg4",
        "transport stream   | a.ts   | testsrc2=s=320x240:r=25:d=2[v];sine=d=2[a]              | -map [v] -map [a] -c:v mpeg2video -c:a mp2",
        "webm               | a.webm | testsrc2=s=320x240:r=25:d=1[v];sine=d=1[a]              | -map [v] -map [a] -c:v libvpx-vp9 -cpu-used 8 -c:a libopus",
        "av1                | a.mkv  | testsrc2=s=160x120:r=10:d=1[v]                          | -map [v] -c:v libsvtav1 -preset 13",
        "ten bits, 4:4:4    | a.mkv  | testsrc2=s=320x240:r=25:d=1,format=yuv444p10le[v]       | -map [v] -c:v ffv1",
        "transparent        | a.mov  | testsrc2=s=320x240:r=25:d=1,format=rgba[v]              | -map [v] -c:v png",
        "wide pixels        | a.mkv  | testsrc2=s=360x288:r=25:d=1,setsar=16/11[v]             | -map [v] -c:v mpeg4",
        "telephone sound    | a.wav  | sine=d=3:r=8000[a]                                      | -map [a] -c:a pcm_alaw",
        "surround sound     | a.mkv  | anoisesrc=d=2:a=0.1,aformat=channel_layouts=5.1[a]      | -map [a] -c:a ac3",
        "sound is longer    | a.mkv  | testsrc2=s=320x240:r=25:d=2[v];sine=d=6[a]              | -map [v] -map [a] -c:v mpeg4 -c:a aac",
        "picture is longer  | a.mkv  | testsrc2=s=320x240:r=25:d=6[v];sine=d=2[a]              | -map [v] -map [a] -c:v mpeg4 -c:a aac",
        "flac               | a.flac | sine=d=2[a]                                             | -map [a]",
        "avi                | a.avi  | testsrc2=s=320x240:r=25:d=2[v];sine=d=2[a]              | -map [v] -map [a] -c:v mpeg4 -c:a libmp3lame"
    })
    void isConverted(String what, String file, String graph, String arguments) throws Exception {
        String[] all = (("-filter_complex§" + graph.strip() + "§") + arguments.strip().replace(" ", "§")).split("§");
        Path source = TestMedia.run(temp.resolve(file), all);
        Path folder = TestMedia.working(temp, source);
        FFmpeg ffmpeg = TestMedia.ffmpeg();

        assertThat(Sniff.of(source)).isEqualTo(Sniff.MEDIA);
        MediaInfo info = new Prober(ffmpeg, TestMedia.LIMITS).media(folder, Stop.NEVER);
        HlsEncoder.Hls hls =
                new HlsEncoder(ffmpeg, TestMedia.LIMITS, "libopenh264").encode(folder, info, Stop.NEVER, done -> {});

        assertThat(new PosterMaker(ffmpeg, TestMedia.LIMITS).media(folder, info, hls.folder(), Stop.NEVER)).isPresent();
        assertThat(hls.duration()).isPositive();
        List<String> codecs = TestMedia.probe(hls.folder().resolve(hls.entry()), "-show_entries", "stream=codec_name");
        assertThat(codecs.contains("h264")).isEqualTo(graph.contains("[v]"));
        assertThat(codecs.contains("aac")).isEqualTo(graph.contains("[a]"));
    }
}
