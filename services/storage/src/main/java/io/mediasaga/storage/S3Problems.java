package io.mediasaga.storage;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Turns what goes wrong with a bucket into exceptions that say what to do. The codes are those of the S3 API's list of error
 * responses; an answer to HEAD has a status only.
 *
 * @param bucket its name
 * @param where the server, for people
 */
record S3Problems(String bucket, String where) {

    private static final Set<String> CREDENTIALS = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken",
            "TokenRefreshRequired", "InvalidSecurity", "NotSignedUp", "UnauthorizedAccess");
    private static final Set<String> REGION = Set.of("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException",
            "TemporaryRedirect");
    private static final Set<String> FULL = Set.of("XMinioStorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded", "InsufficientCapacity");
    private static final int SERVER_ERROR = 500;

    /** What it means, for an object or a folder. */
    IOException explain(MediaKey key, SdkException e) {
        if (!(e instanceof S3Exception answer)) {
            return unreachable(e);
        }
        String code = code(answer);
        int status = answer.statusCode();
        if (code.equals("NoSuchBucket")) {
            return wrong("does not exist at " + where + ". Make it, or correct mediasaga.storage.s3.bucket", e);
        }
        if (CREDENTIALS.contains(code) || status == 401) {
            return wrong("cannot be used: " + where + " refuses the credentials (" + code + "). Correct mediasaga.storage.s3.access-key and"
                    + " secret-key; in Kubernetes the Secret that storage.s3.secret names", e);
        }
        if (REGION.contains(code) || status == 301) {
            return wrong("is in another region (" + said(answer) + "). Correct mediasaga.storage.s3.region", e);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return wrong("cannot be used: the clock of this machine differs from that of " + where + ". Set it right", e);
        }
        if (status == 403) {
            return wrong("may not be used with these credentials (" + said(answer) + "). Correct mediasaga.storage.s3.access-key and"
                    + " secret-key, or allow them to read, write, list and delete; docs/publishing.md has the rights", e);
        }
        if (status == 404) {
            IOException missing = new ObjectNotFoundException(key);
            missing.initCause(e);
            return missing;
        }
        if (status == 507 || FULL.contains(code)) {
            return new StorageFullException("The S3 bucket " + bucket + " is full (" + code + "). Make room or raise its quota, then try again", e);
        }
        if (status >= SERVER_ERROR || status == 429) {
            return new StoreUnavailableException("The S3 bucket " + bucket + " does not answer as it should (" + said(answer)
                    + "). It is tried again; look at the server at " + where, false, e);
        }
        return new IOException("The S3 bucket " + bucket + " refused a request for " + key.uri() + " (" + said(answer)
                + "). Check mediasaga.storage.s3.* and the server at " + where, e);
    }

    private StoreUnavailableException wrong(String what, SdkException e) {
        return new StoreUnavailableException("The S3 bucket " + bucket + " " + what, true, e);
    }

    /** The server did not answer. */
    StoreUnavailableException unreachable(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("load credentials")) {
            return new StoreUnavailableException("There are no credentials for the S3 bucket " + bucket
                    + ". Give mediasaga.storage.s3.access-key and secret-key, in Kubernetes by storage.s3.secret, or an identity to the pod",
                    false, e); // (such as the address of a pod's identity, which may be away for a moment)
        }
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return new StoreUnavailableException("The S3 bucket " + bucket + " cannot be reached at " + where + " (" + cause.getMessage()
                + "). It is tried again; check mediasaga.storage.s3.endpoint and that the server runs", false, e);
    }

    /** Whether the multipart upload that was named is not there (any more). */
    static boolean noSuchUpload(IOException e) {
        return e.getCause() instanceof S3Exception answer && code(answer).equals("NoSuchUpload");
    }

    private static String said(S3Exception answer) {
        String code = code(answer);
        @Nullable String message = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorMessage();
        return "status " + answer.statusCode() + (code.isEmpty() ? "" : ", " + code)
                + (message == null || message.isEmpty() || message.equals(code) ? "" : ": " + message);
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null ? "" : e.awsErrorDetails().errorCode();
    }
}
