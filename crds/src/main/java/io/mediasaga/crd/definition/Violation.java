package io.mediasaga.crd.definition;

/**
 * One thing that is wrong with a definition.
 *
 * @param path where, as in {@code spec.steps[3].timeout}; empty for the document as a whole
 * @param line the line in its source, counted from 1; 0 where there is no source
 * @param problem what is wrong, so that it reads on after the path
 * @param fix what to do
 */
public record Violation(String path, int line, String problem, String fix) {

    Violation atLine(int line) {
        return new Violation(path, line, problem, fix);
    }

    /** All of it, as one line for people. */
    @Override
    public String toString() {
        return place() + ": " + problem + "; " + fix;
    }

    private String place() {
        if (path.isEmpty()) {
            return line > 0 ? "line " + line : "document";
        }
        return line > 0 ? path + " (line " + line + ")" : path;
    }
}
