package io.mediasaga.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JavaType;

class PayloadsTest {

    private static final JavaType TYPE = Json.mapper().constructType(Parcel.class);

    record Part(@Nullable Integer count) {}

    record Parcel(@Nullable String parcelId, @Nullable Long sizeBytes, @Nullable Instant sentAt, @Nullable List<Part> parts) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"parcel_id":{"a":1}}         | parcel_id must be text
            {"size_bytes":1.5}            | size_bytes must be a whole number of at most 9223372036854775807
            {"size_bytes":1e30}           | size_bytes must be a whole number
            {"size_bytes":99999999999999999999} | size_bytes must be a whole number
            {"size_bytes":"many"}         | size_bytes must be a whole number
            {"parts":[{"count":1},{"count":[]}]} | parts[1].count must be a whole number of at most 2147483647
            {"parts":5}                   | parts must be a list
            {"sent_at":"soon"}            | sent_at must be a time such as
            """)
    void tellsWhichFieldIsWrongAndWhatItMustBe(String payload, String why) {
        assertThatExceptionOfType(InvalidPayloadException.class)
                .isThrownBy(() -> Payloads.read(envelope(payload), TYPE))
                .withMessageStartingWith("The payload of ParcelSend cannot be read: " + why);
    }

    @Test
    void readsWhatIsRightAndIgnoresWhatItDoesNotKnow() {
        assertThat(Payloads.read(envelope("""
                {"parcel_id":"p","size_bytes":7,"colour":"red"}"""), TYPE))
                .isEqualTo(new Parcel("p", 7L, null, null));
    }

    private static Envelope envelope(String payload) {
        return new Envelope("m", "s", "ParcelSend", "SEND_PARCEL", Instant.EPOCH, payload, null, 1, null);
    }
}
