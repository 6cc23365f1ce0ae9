package io.cacheaside.aspect.warm;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.hot.ArgumentLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call a line; a line that is none is skipped. */
final class FileSource implements WarmSource {

    private static final int MOST_TOLD = 10;
    private static final Duration ANY = Duration.ofDays(1);

    private final WarmCall call;
    private final Path file;

    FileSource(WarmCall call, Path file) {
        this.call = call;
        this.file = file;
    }

    @Override
    public void check() {
        List<String> problems = new ArrayList<>();
        String refusal = call.refusal();
        if (refusal != null) {
            problems.add("file = " + file + ": " + refusal);
        } else {
            try {
                read(new Problems(problems));
            } catch (NoSuchFileException e) {
                problems.add(
                        "file = " + file + ": no such file (in " + Path.of("").toAbsolutePath() + ")");
            } catch (IOException e) {
                problems.add("file = " + file + " cannot be read: " + e);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    @Override
    public void read(Calls calls) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isEmpty() && line.charAt(0) != '#' && !add(line, number, calls)) {
                    return;
                }
            }
        }
    }

    private boolean add(String line, int number, Calls calls) {
        @Nullable Object[] arguments;
        try {
            arguments = call.arguments(ArgumentLine.texts(line));
        } catch (IllegalArgumentException e) {
            calls.skip("file = " + file + ", line " + number + ": " + e.getMessage());
            return true;
        }
        return calls.add(call, arguments);
    }

    /** Collects what is wrong, the first few. */
    private record Problems(List<String> texts) implements Calls {

        @Override
        public boolean add(WarmCall call, @Nullable Object[] arguments) {
            return texts.size() < MOST_TOLD;
        }

        @Override
        public void skip(String why) {
            texts.add(why);
        }

        @Override
        public Duration remaining() {
            return ANY;
        }
    }
}
