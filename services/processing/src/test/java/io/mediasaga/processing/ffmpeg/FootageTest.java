package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cameras and broadcasters record, as players are given it. */
class FootageTest {

    /** BT.709's luma goes from 16 to 235. */
    private static final int WHITE = 202; // 84 %, which leaves room for lamps and the sun
    private static final Offset<Double> ROUNDING = within(4.0);

    @TempDir
    private Path temp;

    @ParameterizedTest(name = "{0} with luma {3} of 1023")
    @CsvSource({
        "PQ black,      smpte2084,    bt2020nc, 64,  16",
        "PQ dark,       smpte2084,    bt2020nc, 200, 41",
        "PQ white,      smpte2084,    bt2020nc, 572, 202",
        "PQ 1000 nits,  smpte2084,    bt2020nc, 722, 235",
        "PQ without matrix, smpte2084,    unknown,  572, 202",
        "HLG black,     arib-std-b67, bt2020nc, 64,  16",
        "HLG white,     arib-std-b67, bt2020nc, 721, 202",
        "HLG peak,      arib-std-b67, bt2020nc, 940, 235",
        "SDR,           bt709,        bt709,    721, 180"
    })
    void lightIsAsBrightAsItWasMeant(String what, String transfer, String matrix, int luma, int expected) throws Exception {
        String graph = "color=gray:s=320x240:r=25:d=1,format=yuv420p10le,lutyuv=y=%d:u=512:v=512,setparams=range=tv:color_trc=%s:color_primaries=%s"
                .formatted(luma, transfer, matrix.equals("bt709") ? "bt709" : "bt2020");
        graph += matrix.equals("unknown") ? "[v]" : ":colorspace=" + matrix + "[v]";
        Path source = TestMedia.run(temp.resolve("a.mkv"), "-filter_complex", graph, "-map", "[v]", "-c:v", "ffv1");
        Path folder = TestMedia.working(temp, source);

        HlsEncoder.Hls hls = encode(folder);

        assertThat(luma(hls.folder().resolve(hls.entry()))).isCloseTo((double) expected, ROUNDING);
        assertThat(TestMedia.probe(hls.folder().resolve(hls.entry()), "-select_streams", "v:0", "-show_entries", "stream=color_transfer").getFirst())
                .isIn("bt709", "unknown");
    }

    @Test
    void thePosterOfHighRangeIsAsBright() throws Exception {
        Path source = TestMedia.run(temp.resolve("a.mkv"), "-filter_complex",
                "color=gray:s=1920x1080:r=25:d=1,format=yuv420p10le,lutyuv=y=572:u=512:v=512,"
                        + "setparams=range=tv:color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc[v]",
                "-map", "[v]", "-c:v", "ffv1");
        Path folder = TestMedia.working(temp, source);
        MediaInfo info = new Prober(TestMedia.ffmpeg(), TestMedia.LIMITS).media(folder, Stop.NEVER);

        String poster = new PosterMaker(TestMedia.ffmpeg(), TestMedia.LIMITS).media(folder, info, folder, Stop.NEVER).orElseThrow();

        int full = Math.round((WHITE - 16) * 255f / 219); // JPEG's luma goes from 0 to 255
        assertThat(luma(folder.resolve(poster))).isCloseTo((double) full, ROUNDING);
    }

    @Test
    void halfPicturesBecomeWholeOnes() throws Exception {
        // Lines that run sideways: two instants in one frame make combs of their edges
        String graph = "testsrc2=s=640x480:r=50:d=2,scroll=horizontal=0.02,separatefields,"
                + "select=eq(mod(n\\,4)\\,0)+eq(mod(n\\,4)\\,3),weave=top,setfield=tff[v]";
        Path source = TestMedia.run(temp.resolve("a.ts"), "-filter_complex", graph, "-map", "[v]", "-c:v", "mpeg2video", "-b:v", "8M",
                "-flags", "+ilme+ildct", "-field_order", "tt");
        Path folder = TestMedia.working(temp, source);
        assertThat(combedFrames(source)).as("frames of the source that show two instants").isGreaterThan(30);

        HlsEncoder.Hls hls = encode(folder);

        assertThat(combedFrames(hls.folder().resolve("480p/" + MediaPlaylist.NAME))).isLessThan(3);
    }

    private static HlsEncoder.Hls encode(Path folder) throws Exception {
        MediaInfo info = new Prober(TestMedia.ffmpeg(), TestMedia.LIMITS).media(folder, Stop.NEVER);
        return new HlsEncoder(TestMedia.ffmpeg(), TestMedia.LIMITS, "libopenh264").encode(folder, info, Stop.NEVER, done -> {});
    }

    /** Mean luma of the first frame. */
    private double luma(Path file) {
        List<String> printed = TestMedia.print(file, "signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-", "-frames:v", "1");
        return printed.stream()
                .filter(line -> line.contains("YAVG="))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private long combedFrames(Path file) {
        return TestMedia.print(file, "idet,metadata=print:key=lavfi.idet.single.current_frame:file=-").stream()
                .filter(line -> line.endsWith("=tff") || line.endsWith("=bff"))
                .count();
    }
}
