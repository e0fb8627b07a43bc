package io.mediasaga.standalone.verify;

import java.time.Duration;

/**
 * One fault of the schedule.
 *
 * @param atSaga it begins when so many sagas have been started
 * @param kind what happens
 * @param target which of the service processes; -1 where it is none of them
 * @param away how long what is hit stays away
 */
record Injection(int atSaga, FaultKind kind, int target, Duration away) {

    Injection at(int saga) {
        return new Injection(saga, kind, target, away);
    }
}
