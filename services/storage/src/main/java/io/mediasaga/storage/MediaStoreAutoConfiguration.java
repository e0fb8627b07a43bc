package io.mediasaga.storage;

import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gives a service its {@link MediaStore}. */
@AutoConfiguration
@EnableConfigurationProperties(StorageProperties.class)
public class MediaStoreAutoConfiguration {

    /** The configured store, unless the service brings its own. */
    @Bean
    @ConditionalOnMissingBean
    public MediaStore mediaStore(StorageProperties properties) throws IOException {
        return MediaStores.create(properties);
    }
}
