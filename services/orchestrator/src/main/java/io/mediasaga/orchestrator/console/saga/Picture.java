package io.mediasaga.orchestrator.console.saga;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A saga drawn: steps one after the other, under (or beside) each what undoes it, and the way it has taken. All lengths are
 * units of the drawing.
 *
 * @param upright whether it goes from top to bottom, for narrow screens
 */
record Picture(boolean upright, int width, int height, List<Node> nodes, List<Line> lines, List<Dot> dots, List<Label> labels) {

    private static final int BOX_WIDTH = 176;
    private static final int BOX_HEIGHT = 78;
    private static final int GAP = 26;
    private static final int UNDO_GAP = 54;
    private static final int MARGIN = 44;
    private static final int TOP = 16;
    private static final int EDGE = 14;
    private static final int LONG = 1000;
    private static final int LONGEST_NAME = 18;

    /** Whether it has to be scrolled sideways where there is little room. */
    public boolean isLong() {
        return width > LONG;
    }

    /** A box. */
    record Node(int x, int y, int width, int height, Track track) {
        public String css() {
            return track.standing().css() + (track.compensation() ? " undo" : " step");
        }

        /** Its name, cut where it does not fit. */
        public String name() {
            String name = track.name();
            return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
        }

        /** The longer, the smaller. */
        public String nameCss() {
            int length = track.name().length();
            return length <= 13 ? "n" : length <= 14 ? "n long" : length <= 16 ? "n longer" : "n longest";
        }

        /** Which symbol stands in it. */
        public String symbol() {
            return switch (track.standing()) {
                case SUCCEEDED -> "#i-check";
                case FAILED, GIVEN_UP -> "#i-cross";
                case HELD -> "#i-hand";
                case ACTIVE -> "#i-play";
                case PAUSED -> "#i-pause";
                case BACKOFF -> "#i-clock";
                case SKIPPED -> "#i-skip";
                case UNDONE, NOTHING -> "#i-undo";
                case DUE, PENDING, IDLE -> "#i-dot";
            };
        }
    }

    /** A line with an arrow at its end. */
    record Line(String path, String css) {}

    /** Beginning or end. */
    record Dot(int x, int y, String css, String title) {}

    /** Words beside the boxes. */
    record Label(int x, int y, String text, String css) {}

    static Picture of(SagaInFull saga, List<Track> steps, List<@Nullable Track> undoing, boolean upright) {
        return new Painter(saga, steps, undoing, upright).paint();
    }

    /** Puts everything in its place; in one direction, and turned where the picture is upright. */
    private static final class Painter {
        private final SagaInFull saga;
        private final List<Track> steps;
        private final List<@Nullable Track> undoing;
        private final boolean upright;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Line> lines = new ArrayList<>();
        private final List<Dot> dots = new ArrayList<>();
        private final List<Label> labels = new ArrayList<>();

        Painter(SagaInFull saga, List<Track> steps, List<@Nullable Track> undoing, boolean upright) {
            this.saga = saga;
            this.steps = steps;
            this.undoing = undoing;
            this.upright = upright;
        }

        Picture paint() {
            int n = steps.size();
            for (int i = 0; i < n; i++) {
                Track track = steps.get(i);
                nodes.add(new Node(x(i, false), y(i, false), BOX_WIDTH, BOX_HEIGHT, track));
                boolean passed = passed(track);
                boolean reached = i == 0 || passed(steps.get(i - 1));
                forward(i, reached);
                undo(i, track, passed);
            }
            beginningAndEnd(n);
            int across = 2 * BOX_WIDTH + UNDO_GAP;
            return upright
                    ? new Picture(true, across + 2 * TOP, MARGIN * 2 + n * (BOX_HEIGHT + GAP) - GAP, nodes, lines, dots, labels)
                    : new Picture(
                            false, MARGIN * 2 + n * (BOX_WIDTH + GAP) - GAP, TOP * 2 + 2 * BOX_HEIGHT + UNDO_GAP, nodes, lines,
                            dots, labels);
        }

        private static boolean passed(Track track) {
            return track.standing() == Track.Standing.SUCCEEDED || track.standing() == Track.Standing.SKIPPED;
        }

        private int x(int i, boolean undo) {
            return upright ? TOP + (undo ? BOX_WIDTH + UNDO_GAP : 0) : MARGIN + i * (BOX_WIDTH + GAP);
        }

        private int y(int i, boolean undo) {
            return upright ? MARGIN + i * (BOX_HEIGHT + GAP) : TOP + (undo ? BOX_HEIGHT + UNDO_GAP : 0);
        }

        /** From what was before to the step. */
        private void forward(int i, boolean taken) {
            String css = taken ? "way taken" : "way";
            if (upright) {
                int x = x(i, false) + BOX_WIDTH / 2;
                lines.add(new Line("M%d %dV%d".formatted(x, y(i, false) - GAP + 2, y(i, false) - 3), css));
            } else {
                int y = y(i, false) + BOX_HEIGHT / 2;
                lines.add(new Line("M%d %dH%d".formatted(x(i, false) - GAP + 2, y, x(i, false) - 3), css));
            }
        }

        private void undo(int i, Track step, boolean passed) {
            Track undo = undoing.get(i);
            if (undo == null) {
                String text = step.pivot() ? "point of no return" : passed ? "no way back" : "";
                labels.add(
                        upright
                                ? new Label(x(i, true) + BOX_WIDTH / 2, y(i, true) + BOX_HEIGHT / 2 + 5, text, "aside")
                                : new Label(x(i, true) + BOX_WIDTH / 2, y(i, false) + BOX_HEIGHT + 26, text, "aside"));
                return;
            }
            nodes.add(new Node(x(i, true), y(i, true), BOX_WIDTH, BOX_HEIGHT, undo));
            boolean begun = switch (undo.standing()) {
                case IDLE, PENDING, DUE, NOTHING -> false;
                default -> true;
            };
            lines.add(new Line(
                    upright
                            ? "M%d %dH%d".formatted(x(i, false) + BOX_WIDTH + 2, y(i, false) + BOX_HEIGHT / 2, x(i, true) - 3)
                            : "M%d %dV%d".formatted(x(i, false) + BOX_WIDTH / 2, y(i, false) + BOX_HEIGHT + 2, y(i, true) - 3),
                    begun ? "back taken" : "back"));
        }

        private void beginningAndEnd(int n) {
            boolean completed = saga.status().equals("COMPLETED");
            boolean compensated = saga.status().equals("COMPENSATED");
            int last = n - 1;
            if (upright) {
                int x = x(0, false) + BOX_WIDTH / 2;
                dots.add(new Dot(x, MARGIN - GAP - 2 + 6, "start", "begin"));
                lines.add(new Line(
                        "M%d %dV%d".formatted(x, y(last, false) + BOX_HEIGHT + 2, y(last, false) + BOX_HEIGHT + 18),
                        completed ? "way taken" : "way"));
                dots.add(new Dot(x, y(last, false) + BOX_HEIGHT + 27, completed ? "end reached good" : "end", "completed"));
                dots.add(new Dot(
                        x(0, true) + BOX_WIDTH / 2, MARGIN - GAP - 2 + 6, compensated ? "end reached undone" : "end", "compensated"));
            } else {
                int y = y(0, false) + BOX_HEIGHT / 2;
                dots.add(new Dot(EDGE, y, "start", "begin"));
                lines.add(new Line(
                        "M%d %dH%d".formatted(x(last, false) + BOX_WIDTH + 2, y, x(last, false) + BOX_WIDTH + 18),
                        completed ? "way taken" : "way"));
                dots.add(new Dot(x(last, false) + BOX_WIDTH + 28, y, completed ? "end reached good" : "end", "completed"));
                dots.add(new Dot(
                        EDGE, y(0, true) + BOX_HEIGHT / 2, compensated ? "end reached undone" : "end", "compensated"));
            }
        }
    }
}
