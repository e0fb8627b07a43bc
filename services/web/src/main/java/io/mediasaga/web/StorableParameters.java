package io.mediasaga.web;

import java.time.Instant;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses parameters of queries, forms and paths that no database takes before anything is done with them. */
final class StorableParameters implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new Text());
        registry.addConverter(new Time());
    }

    private static final class Text implements Converter<String, String> {

        @Override
        public String convert(String text) {
            if (!StorableText.is(text)) {
                throw new NotStorableException(StorableText.WHY_NOT);
            }
            return text;
        }
    }

    private static final class Time implements Converter<String, Instant> {

        @Override
        public Instant convert(String text) {
            Instant time = Instant.parse(text);
            if (!StorableTime.is(time)) {
                throw new NotStorableException(StorableTime.WHY_NOT);
            }
            return time;
        }
    }
}
