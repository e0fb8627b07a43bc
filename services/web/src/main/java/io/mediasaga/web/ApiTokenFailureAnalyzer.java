package io.mediasaga.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a missing token as what to do instead of a stack trace. */
final class ApiTokenFailureAnalyzer extends AbstractFailureAnalyzer<ApiTokenException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ApiTokenException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
