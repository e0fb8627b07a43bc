package io.mediasaga.standalone.verify.audit;

/** Records that a verification has sent again. */
public final class Copies {

    /** The record header that marks them; nobody but the verification reads it. */
    public static final String HEADER = "mediasaga-verify-copy";

    private Copies() {}
}
