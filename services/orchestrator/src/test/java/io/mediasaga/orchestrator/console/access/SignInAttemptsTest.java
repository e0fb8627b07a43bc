package io.mediasaga.orchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignInAttemptsTest {

    @Test
    void aFewWrongTokensAreForgivenAndManyAreNot() {
        SignInAttempts attempts = new SignInAttempts();
        for (int i = 0; i < 19; i++) {
            attempts.failed();
        }
        assertThat(attempts.tooMany()).isFalse();
        attempts.failed();
        assertThat(attempts.tooMany()).isTrue();
    }
}
