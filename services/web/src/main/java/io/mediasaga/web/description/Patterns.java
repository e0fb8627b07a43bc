package io.mediasaga.web.description;

/** What text has to look like, for descriptions, in the part of regular expressions that ECMAScript, Python and Java share. */
public final class Patterns {

    /** Text without control characters. */
    public static final String PRINTABLE = "^[^\\x00-\\x1f\\x7f-\\x9f]*$";

    /** Text without control characters that is not all blank. */
    public static final String IDENTIFIER = "^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\x9f\\s][^\\x00-\\x1f\\x7f-\\x9f]*$";

    /** Text that can be stored. */
    static final String STORABLE = "^[^\\x00]*$";

    /** An identifier that is asked for by path: servers and proxies would read slashes and dots differently. */
    static final String SEGMENT = "^(?!\\.{1,2}$)[^/\\\\\\x00-\\x1f\\x7f-\\x9f]*[^/\\\\\\x00-\\x20\\x7f-\\x9f\\s][^/\\\\\\x00-\\x1f\\x7f-\\x9f]*$";

    private Patterns() {}
}
