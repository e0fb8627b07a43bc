package io.mediasaga.web;

import java.sql.SQLException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Tells failures that the sender of a request has caused from those of our own. */
public final class SenderFault {

    private static final Logger log = LoggerFactory.getLogger(SenderFault.class);

    /** The class of numbers and times out of range, text that is none, characters that are none; see PostgreSQL's appendix A. */
    private static final String DATA_EXCEPTION = "22";

    private static final String DIVISION_BY_ZERO = "22012";

    private SenderFault() {}

    /** The problem that tells the sender what to do, with its status; {@code null} where the failure is not known to be the sender's. */
    public static @Nullable ProblemDetail of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InvalidParameterException parameters -> {
                    return unreadable(parameters);
                }
                case TypeMismatchException mismatch -> {
                    return InvalidInput.wrongType(mismatch);
                }
                case SQLException refused when isOfValue(refused.getSQLState()) -> {
                    // It should have been refused before, so whoever reads the log may look where.
                    log.warn("The database does not take a value of a request: {}", line(refused));
                    return Problems.of(
                            HttpStatus.BAD_REQUEST,
                            "INVALID_VALUE",
                            "The request has a value that cannot be stored or looked for: a NUL character, half a character,"
                                    + " or a number or time out of range; leave it out");
                }
                default -> {}
            }
        }
        return null;
    }

    static ProblemDetail unreadable(InvalidParameterException failure) {
        HttpStatusCode status = HttpStatusCode.valueOf(failure.getErrorCode());
        return status.value() == HttpStatus.CONTENT_TOO_LARGE.value()
                ? Problems.of(status, "FORM_TOO_LARGE", "The form is larger than is taken here: send less in one")
                : Problems.of(
                        status,
                        "UNREADABLE_PARAMETERS",
                        "The query or form cannot be read: every parameter needs a name, as in ?name=value, and whatever is no"
                                + " letter or digit has to be percent-encoded UTF-8; more than 100 of them are not taken");
    }

    private static boolean isOfValue(@Nullable String state) {
        return state != null && state.startsWith(DATA_EXCEPTION) && !state.equals(DIVISION_BY_ZERO);
    }

    private static String line(SQLException refused) {
        return String.valueOf(refused.getMessage()).replaceFirst("^ERROR: ", "").replaceAll("[\\p{Cntrl}\\s]+", " ");
    }
}
