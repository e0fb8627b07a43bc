package io.mediasaga.processing.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes an empty shared library for 64-bit Linux.
 *
 * <p>The bundled libavdevice names libraries of the desktop (X11, sound servers) that a server seldom has, and without them the
 * loader refuses to start FFmpeg. Devices are never used here, and the loader binds functions only when they are called: empty
 * libraries of those names are enough, and they keep FFmpeg from being tied to what happens to be installed.
 */
final class StubLibrary {

    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int SYMBOL = 24;
    private static final int PROGRAM_HEADERS = 3;
    private static final int DYNAMIC_ENTRIES = 7;
    private static final int PAGE = 0x10000; // the largest that arm64 kernels have

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_GNU_STACK = 0x6474e551;
    private static final int READ_WRITE = 6;

    private StubLibrary() {}

    /**
     * The bytes of a library that defines nothing.
     *
     * @param machine its number in ELF headers
     */
    static byte[] named(String soname, short machine) {
        byte[] strings = ("\0" + soname + "\0").getBytes(StandardCharsets.US_ASCII);
        int symbols = HEADER + PROGRAM_HEADERS * PROGRAM_HEADER;
        int hash = symbols + SYMBOL;
        int dynamic = hash + 16;
        int names = dynamic + DYNAMIC_ENTRIES * 16;
        int size = names + strings.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);

        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        elf.putShort((short) 3).putShort(machine).putInt(1); // a shared object
        elf.putLong(0).putLong(HEADER).putLong(0).putInt(0);
        elf.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) PROGRAM_HEADERS);
        elf.position(HEADER);
        segment(elf, PT_LOAD, 0, size, PAGE);
        segment(elf, PT_DYNAMIC, dynamic, DYNAMIC_ENTRIES * 16, 8);
        segment(elf, PT_GNU_STACK, 0, 0, 16);

        elf.position(hash);
        elf.putInt(1).putInt(1).putInt(0).putInt(0); // one bucket, and the one symbol that every table begins with

        entry(elf, 14, 1); // SONAME
        entry(elf, 4, hash);
        entry(elf, 5, names);
        entry(elf, 6, symbols);
        entry(elf, 10, strings.length);
        entry(elf, 11, SYMBOL);
        entry(elf, 0, 0);
        elf.put(strings);
        return elf.array();
    }

    private static void segment(ByteBuffer elf, int type, long offset, long size, long alignment) {
        elf.putInt(type).putInt(READ_WRITE);
        elf.putLong(offset).putLong(offset).putLong(offset);
        elf.putLong(size).putLong(size).putLong(alignment);
    }

    private static void entry(ByteBuffer elf, long tag, long value) {
        elf.putLong(tag).putLong(value);
    }
}
