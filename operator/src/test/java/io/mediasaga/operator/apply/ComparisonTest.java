package io.mediasaga.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ComparisonTest {

    @Test
    void whatOthersAddMakesNoDifference() {
        assertThat(difference("a: 1\nlist: [{name: x, v: 1}]", "a: 1\nb: 2\nlist: [{name: y}, {name: x, v: 1, w: 2}]")).isEmpty();
    }

    @Test
    void amountsAreComparedByWhatTheyMean() {
        assertThat(difference("cpu: 1000m\nmemory: 1.5Gi\nn: 3", "cpu: '1'\nmemory: 1536Mi\nn: 3.0")).isEmpty();
        assertThat(difference("cpu: 500m", "cpu: 0.6")).contains("cpu");
    }

    @Test
    void theFirstDifferenceIsNamedByItsPlace() {
        assertThat(difference(
                        "spec: {containers: [{name: service, image: good}]}",
                        "spec: {containers: [{name: sidecar, image: x}, {name: service, image: evil}]}"))
                .contains("spec.containers[service].image");
    }

    @Test
    void listsWithoutNamesAreComparedAsAWhole() {
        assertThat(difference("drop: [ALL]", "drop: [ALL, NET]")).contains("drop");
        assertThat(difference("rules: [{alert: a}]", "rules: [{alert: b}]")).contains("rules[0].alert");
    }

    @Test
    void nothingAndEmptyAreTheSame() {
        assertThat(difference("limits: {}\nlist: []", "x: 1")).isEmpty();
        assertThat(difference("limits: {cpu: 1}", "x: 1")).contains("limits");
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> difference(String wanted, String actual) {
        Map<String, Object> one = YAMLMapper.shared().readValue(wanted, Map.class);
        Map<String, Object> other = YAMLMapper.shared().readValue(actual, Map.class);
        return Comparison.difference(one, other).map(FieldPath::toString);
    }
}
