/**
 * FFmpeg as child processes: what is in a file, HLS out of it, a poster. Knows nothing of sagas.
 *
 * <p>Files come from strangers. So FFmpeg never sees their names, may open only what lies in the working folder it is given, only
 * by file, only formats that hold media themselves (no playlists, which would name other files), and runs under limits of time,
 * memory, threads and output.
 */
@NullMarked
package io.mediasaga.processing.ffmpeg;

import org.jspecify.annotations.NullMarked;
