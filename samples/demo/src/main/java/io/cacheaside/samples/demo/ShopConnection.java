package io.cacheaside.samples.demo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kept-alive HTTP/1.1 connection to an instance of the shop (RFC 9112). Plain, so that two cores are left for the
 * shop. Not thread-safe; after an exception it is of no use.
 */
final class ShopConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int CHUNKED = -1;
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final Socket socket;
    private final InputStream in;

    private ShopConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static ShopConnection to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return new ShopConnection(socket);
    }

    /** Asks for a product's page and returns the version of its price. */
    int page(int product) throws IOException {
        return version(send("GET /api/products/" + product, ""));
    }

    /** Changes a product's price and returns the version of the new one. */
    int changePrice(int product, int cents) throws IOException {
        String price = "{\"price\": %d.%02d}".formatted(cents / 100, cents % 100);
        return version(send("PUT /api/products/" + product + "/price", price));
    }

    Figures figures() throws IOException {
        return Figures.parse(send("GET /api/figures", ""));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static int version(String body) throws IOException {
        Matcher matcher = VERSION.matcher(body);
        if (!matcher.find()) {
            throw new IOException("no version in " + body);
        }
        return Integer.parseInt(matcher.group(1));
    }

    private String send(String line, String body) throws IOException {
        String request = line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        int length = contentLength();
        String answer = length == CHUNKED ? chunks() : text(length);
        if (!status.contains(" 200 ")) {
            throw new IOException(line + ": " + status + " " + answer);
        }
        return answer;
    }

    private int contentLength() throws IOException {
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("content-length:")) {
                length = Integer.parseInt(name.substring(15).trim());
            } else if (name.startsWith("transfer-encoding:")) {
                length = CHUNKED;
            }
        }
        return length;
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().trim(), 16);
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the shop closed the connection");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the shop closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
