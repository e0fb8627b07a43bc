package io.mediasaga.orchestrator.support;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Makes pictures of pages small: 256 colours, which is what text on flat ground needs. The colours are chosen by median cut (Heckbert,
 * Color image quantization for frame buffer display, SIGGRAPH 1982).
 */
final class FewColours {

    private static final int MOST = 256;

    private FewColours() {}

    static byte[] png(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        Map<Integer, Integer> counts = new HashMap<>();
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int pixel : pixels) {
            counts.merge(pixel & 0xffffff, 1, Integer::sum);
        }
        List<Box> boxes = boxes(counts);
        byte[][] palette = new byte[3][boxes.size()];
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < boxes.size(); i++) {
            int colour = boxes.get(i).colour(counts);
            for (int channel = 0; channel < 3; channel++) {
                palette[channel][i] = (byte) channel(colour, channel);
            }
            for (int each : boxes.get(i).colours()) {
                places.put(each, i);
            }
        }
        var model = new IndexColorModel(8, boxes.size(), palette[0], palette[1], palette[2]);
        var few = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        byte[] row = new byte[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = places.get(pixels[y * row.length + x] & 0xffffff).byteValue();
            }
            few.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return written(few);
    }

    private static byte[] written(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static int channel(int colour, int channel) {
        return colour >> 16 - 8 * channel & 0xff;
    }

    private static List<Box> boxes(Map<Integer, Integer> counts) {
        List<Box> boxes = new ArrayList<>(List.of(new Box(new ArrayList<>(counts.keySet()))));
        while (boxes.size() < MOST) {
            Box widest = boxes.stream()
                    .filter(box -> box.colours().size() > 1)
                    .max(Comparator.comparingLong(box -> box.weight(counts)))
                    .orElse(null);
            if (widest == null) {
                break;
            }
            boxes.remove(widest);
            boxes.addAll(widest.halves(counts));
        }
        return boxes;
    }

    /** Colours that become one. */
    private record Box(List<Integer> colours) {

        private int from(int channel) {
            return colours.stream().mapToInt(colour -> channel(colour, channel)).min().orElse(0);
        }

        private int width(int channel) {
            return colours.stream().mapToInt(colour -> channel(colour, channel)).max().orElse(0) - from(channel);
        }

        private int widest() {
            int widest = 0;
            for (int channel = 1; channel < 3; channel++) {
                widest = width(channel) > width(widest) ? channel : widest;
            }
            return widest;
        }

        /** How much it would be worth to tell its colours apart. */
        private long weight(Map<Integer, Integer> counts) {
            long pixels = colours.stream().mapToLong(counts::get).sum();
            long width = width(widest());
            return width * width * (long) Math.sqrt(pixels);
        }

        private List<Box> halves(Map<Integer, Integer> counts) {
            int channel = widest();
            List<Integer> sorted = new ArrayList<>(colours);
            sorted.sort(Comparator.comparingInt(colour -> channel(colour, channel)));
            long half = colours.stream().mapToLong(counts::get).sum() / 2;
            int cut = 0;
            for (long seen = 0; cut < sorted.size() - 1 && (seen == 0 || seen < half); cut++) {
                seen += counts.get(sorted.get(cut));
            }
            return List.of(new Box(sorted.subList(0, cut)), new Box(sorted.subList(cut, sorted.size())));
        }

        /** The one that most pixels have, so that the ground stays as it is. */
        private int colour(Map<Integer, Integer> counts) {
            return colours.stream().max(Comparator.comparing(counts::get)).orElseThrow();
        }
    }
}
