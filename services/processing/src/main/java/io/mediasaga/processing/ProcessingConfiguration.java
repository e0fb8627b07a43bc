package io.mediasaga.processing;

import io.mediasaga.processing.ffmpeg.FFmpeg;
import io.mediasaga.processing.ffmpeg.HlsEncoder;
import io.mediasaga.processing.ffmpeg.MediaLimits;
import io.mediasaga.processing.ffmpeg.PosterMaker;
import io.mediasaga.processing.ffmpeg.Prober;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProcessingConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessingConfiguration.class);

    @Bean
    FFmpeg ffmpeg(ProcessingProperties properties) throws IOException {
        Path configured = properties.ffmpeg().path();
        FFmpeg ffmpeg = configured == null ? FFmpeg.bundled(properties.ffmpeg().cache()) : FFmpeg.installed(configured);
        LOG.info("Media are converted by {}", ffmpeg);
        return ffmpeg;
    }

    @Bean
    MediaLimits mediaLimits(ProcessingProperties properties) {
        return properties.limits().toMediaLimits();
    }

    @Bean
    Prober prober(FFmpeg ffmpeg, MediaLimits limits) {
        return new Prober(ffmpeg, limits);
    }

    @Bean
    HlsEncoder hlsEncoder(FFmpeg ffmpeg, MediaLimits limits, ProcessingProperties properties) {
        return new HlsEncoder(ffmpeg, limits, properties.ffmpeg().encoder());
    }

    @Bean
    PosterMaker posterMaker(FFmpeg ffmpeg, MediaLimits limits) {
        return new PosterMaker(ffmpeg, limits);
    }

    @Bean(destroyMethod = "close")
    WorkFolders workFolders(ProcessingProperties properties) throws IOException {
        return WorkFolders.open(properties.workFolder());
    }
}
