package io.mediasaga.web.description;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.SpringDocJavadocProvider;

/** The words of Javadoc as CommonMark, which is what descriptions are written in. */
final class PlainJavadoc extends SpringDocJavadocProvider {

    @Override
    public String getClassJavadoc(Class<?> type) {
        return plain(super.getClassJavadoc(type));
    }

    @Override
    public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
        Map<String, String> plain = new LinkedHashMap<>();
        super.getRecordClassParamJavadoc(type).forEach((name, words) -> plain.put(name, plain(words)));
        return plain;
    }

    @Override
    public String getMethodJavadocDescription(Method method) {
        return plain(super.getMethodJavadocDescription(method));
    }

    @Override
    public @Nullable String getParamJavadoc(Method method, String name) {
        String words = super.getParamJavadoc(method, name);
        return words == null ? null : plain(words);
    }

    @Override
    public String getFieldJavadoc(Field field) {
        return plain(super.getFieldJavadoc(field));
    }

    @Override
    public String getFirstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String plain(@Nullable String words) {
        return words == null ? "" : words.replaceAll("</?code>", "`").replaceAll("\\s+", " ").strip();
    }
}
