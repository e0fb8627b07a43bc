package io.mediasaga.orchestrator.console.access;

/** What a person may do in the console. Everybody who is signed in may look. */
public enum Role {
    /** Looks at everything and changes nothing. */
    VIEWER,
    /** Steers sagas and sends dead letters again. */
    OPERATOR,
    /** Starts sagas with files. */
    UPLOADER
}
