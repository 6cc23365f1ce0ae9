package io.cacheaside.verification.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A history in the files of several JVMs, read from disk each time it is gone through. */
public record HistoryFiles(List<Path> files) implements Iterable<Operation> {

    @Override
    public Iterator<Operation> iterator() {
        return new Reading(files.iterator());
    }

    private static final class Reading implements Iterator<Operation> {

        private final Iterator<Path> files;
        private final ByteBuffer buffer =
                ByteBuffer.allocate(Recorder.BYTES * 8192).limit(0);
        private @Nullable FileChannel file;

        Reading(Iterator<Path> files) {
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            try {
                while (buffer.remaining() < Recorder.BYTES) {
                    if (file == null && !files.hasNext()) {
                        return false;
                    }
                    file = file == null ? FileChannel.open(files.next()) : more(file);
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The file where there was more of it, else null. */
        private @Nullable FileChannel more(FileChannel open) throws IOException {
            buffer.compact();
            int read = open.read(buffer);
            buffer.flip();
            if (read >= 0) {
                return open;
            }
            open.close();
            return null;
        }

        @Override
        public Operation next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return Recorder.next(buffer);
        }
    }
}
