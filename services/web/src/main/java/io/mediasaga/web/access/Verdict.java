package io.mediasaga.web.access;

/** What a token is worth. */
public sealed interface Verdict {

    /** It is good. */
    record Known(Caller caller) implements Verdict {}

    /** It is not. @param why for whoever sent it */
    record Refused(String why) implements Verdict {}

    /** Nobody can say at the moment. @param why for whoever sent it */
    record Unknown(String why) implements Verdict {}
}
