package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.InvalidPayloadException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import tools.jackson.core.JacksonException;

/** Tells the message's fault from the surroundings'. */
public final class Failures {

    private static final int MAX_TEXT = 2000;
    private static final String IDLE_IN_TRANSACTION = "25P03";

    private Failures() {}

    /**
     * Whether the failure says nothing about the message: the connection was lost, a deadlock, a serialization failure, a store that is away. Such
     * a one is no attempt; the consumer waits and begins again. A handler that dawdled in its transaction until the database
     * cut it off is to blame itself.
     */
    public static boolean isSurroundings(Throwable failure) {
        if (isCutOff(failure)) {
            return false;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (isSurroundingsItself(t)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What to judge by when a transaction failed: a transaction that the database cut off cannot be rolled back, and the
     * exception that says so must not hide the one that says why.
     */
    public static RuntimeException reason(RuntimeException failure) {
        if (failure instanceof TransactionSystemException system
                && system.getApplicationException() instanceof RuntimeException first
                && !isSurroundings(first)
                && isCutOff(first)) {
            return first;
        }
        return failure;
    }

    /** Whether the database ended the transaction because nothing happened in it for too long. */
    static boolean isCutOff(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && IDLE_IN_TRANSACTION.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSurroundingsItself(Throwable t) {
        return (t instanceof ConcurrencyFailureException && !(t instanceof OptimisticLockingFailureException))
                || t instanceof AwayException
                || t instanceof DataAccessResourceFailureException
                || t instanceof NonTransientDataAccessResourceException
                || t instanceof TransientDataAccessResourceException
                || t instanceof RecoverableDataAccessException
                || t instanceof CannotCreateTransactionException
                || t instanceof TransactionSystemException
                || t instanceof SQLTransientConnectionException
                || t instanceof SQLNonTransientConnectionException
                || (t instanceof SQLException sql && isConnectionState(sql.getSQLState()));
    }

    /** SQLSTATE classes 08 (connection), 57P (shutdown, cancelled by administrator), 40 (rollback), 53 (resources). */
    private static boolean isConnectionState(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("40")
                        || state.startsWith("53"));
    }

    /** Whether no further attempt can help. */
    public static boolean isPermanent(Throwable wrapped) {
        Throwable failure = unwrap(wrapped);
        return failure instanceof InvalidPayloadException || failure instanceof JacksonException;
    }

    /** The failure in one line. */
    public static String text(Throwable wrapped) {
        Throwable failure = unwrap(wrapped);
        String message = failure.getMessage();
        boolean speaksForItself = failure instanceof InvalidPayloadException || failure instanceof AwayException || failure.getClass() == IOException.class;
        String text = speaksForItself && message != null
                ? message
                : failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        text = text.replace('\0', ' ').replace('\n', ' ');
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof DeliveryFailedException delivery ? delivery.failure() : failure;
    }
}
