package io.mediasaga.standalone.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VerifyCommandTest {

    private final StringWriter told = new StringWriter();
    private final CommandLine line = new CommandLine(new VerifyCommand()).setErr(new PrintWriter(told)).setOut(new PrintWriter(told));

    @ParameterizedTest
    @CsvSource({
        "'--faults=kill,flood', There is no fault 'flood'",
        "--sagas=0, --sagas is 0",
        "--concurrency=0, --concurrency is 0",
        "--limit=0, --limit has to be longer",
        "--sagas=many, --sagas"
    })
    void wrongUseIsNamedBeforeAnythingIsStarted(String option, String message) {
        assertThat(line.execute(option)).isEqualTo(2);
        assertThat(told.toString()).contains(message);
    }

    @Test
    void helpNamesEveryFaultAndEveryExitStatus() {
        assertThat(line.execute("--help")).isZero();
        for (FaultKind kind : FaultKind.values()) {
            assertThat(told.toString()).contains(kind.word());
        }
        assertThat(told.toString()).contains("the audit found violations", "the run could not be made", "interrupted");
    }
}
