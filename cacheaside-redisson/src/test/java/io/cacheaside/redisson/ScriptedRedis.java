package io.cacheaside.redisson;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands before a Redis and answers some of the requests itself. One request a connection is under way at a time. */
final class ScriptedRedis implements AutoCloseable {

    /** Instead of an answer: the connection ends. */
    static final String HANG_UP = "";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Answers answers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** What a request is answered with, as Redis writes it; null: what the Redis behind says. */
    interface Answers {
        @Nullable
        String to(List<String> request);
    }

    ScriptedRedis(int target, Answers answers) throws IOException {
        this.target = target;
        this.answers = answers;
        start(() -> {
            while (true) {
                Socket client = server.accept();
                start(() -> serve(client));
            }
        });
    }

    String address() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // the end of a connection
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        open.add(client);
        try (client;
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(redis);
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            InputStream out = new BufferedInputStream(redis.getInputStream());
            while (true) {
                ByteArrayOutputStream raw = new ByteArrayOutputStream();
                List<String> request = new ArrayList<>();
                copy(in, raw, request);
                String own = answers.to(request);
                if (HANG_UP.equals(own)) {
                    return;
                }
                if (own != null) {
                    client.getOutputStream().write(own.getBytes(StandardCharsets.UTF_8));
                } else {
                    redis.getOutputStream().write(raw.toByteArray());
                    ByteArrayOutputStream reply = new ByteArrayOutputStream();
                    copy(out, reply, new ArrayList<>());
                    client.getOutputStream().write(reply.toByteArray());
                    if (request.get(0).toUpperCase(Locale.ROOT).endsWith("SUBSCRIBE")) {
                        start(() -> out.transferTo(client.getOutputStream()));
                        in.transferTo(redis.getOutputStream());
                    }
                }
            }
        }
    }

    /** Copies one element of the protocol and collects its bulk strings. */
    private static void copy(InputStream from, ByteArrayOutputStream to, List<String> bulks) throws IOException {
        String line = line(from, to);
        int count = "$*".indexOf(line.charAt(0)) < 0 ? 0 : Integer.parseInt(line.substring(1));
        if (line.charAt(0) == '*') {
            for (int i = 0; i < count; i++) {
                copy(from, to, bulks);
            }
        } else if (line.charAt(0) == '$' && count >= 0) {
            byte[] bytes = from.readNBytes(count + 2);
            to.writeBytes(bytes);
            bulks.add(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
    }

    private static String line(InputStream from, ByteArrayOutputStream to) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = from.read(); c != '\n'; c = from.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            to.write(c);
            line.append((char) c);
        }
        to.write('\n');
        return line.toString().strip();
    }

    /** Ends all connections, as CLIENT KILL does; new ones may be made. */
    void killClients() throws IOException {
        for (Socket socket : open) {
            socket.close();
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        killClients();
    }
}
