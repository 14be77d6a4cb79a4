package org.resilientmail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that is larger than memory is meant for, and a disk that is smaller than the message. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SpoolTest {

    private static final int IN_MEMORY = 100_000;
    private static final int SIZE = 1_000_003;

    private final List<Path> files = new ArrayList<>();

    /** Takes so many bytes, as the last write before the end may be cut. */
    private OutputStream disk(Path file, int room) throws IOException {
        files.add(file);
        return new FilterOutputStream(Files.newOutputStream(file)) {
            private int left = room;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int now = Math.min(left, length);
                out.write(bytes, offset, now);
                left -= now;
                if (now < length) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50_000, IN_MEMORY, 200_000, 500_000, SIZE - 1, SIZE})
    void nothing_is_lost_where_the_disk_is_full(int room) throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(room).nextBytes(bytes);
        try (Spool spool = new Spool(IN_MEMORY, file -> disk(file, room))) {
            for (int i = 0; i < SIZE; i += 1009) {
                spool.write(bytes, i, Math.min(1009, SIZE - i));
            }
            spool.finish(false);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            spool.copyTo(whole);
            assertThat(spool.size()).isEqualTo(SIZE);
            assertThat(whole.toByteArray()).isEqualTo(bytes);
            try (var again = spool.open()) {
                assertThat(again.readAllBytes()).isEqualTo(bytes);
            }
            assertThat(files).hasSize(1).allMatch(file -> Files.exists(file) == (room == SIZE));
        }
        assertThat(files).noneMatch(Files::exists);
    }
}
