package io.cacheaside.key;

import io.cacheaside.key.Token.Step;
import java.util.ArrayList;
import java.util.List;

/** Cuts one template into tokens and refuses what is wrong whatever the method looks like. */
final class TemplateParser {

    private final String template;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int literalStart;
    private int at;

    private TemplateParser(String template) {
        this.template = template;
    }

    /** Tokens in their order; literals never stand side by side. */
    static List<Token> parse(String template) {
        return new TemplateParser(template).tokens();
    }

    private List<Token> tokens() {
        while (at < template.length()) {
            if (template.charAt(at) != '#') {
                int c = template.codePointAt(at);
                LiteralRules.check(template, at, c);
                literal(c, Character.charCount(c));
            } else if (at + 1 == template.length()) {
                throw problem(at, "'#' at the end names nothing: write #name, or ## for a literal '#'");
            } else {
                hash(template.codePointAt(at + 1));
            }
        }
        endLiteral();
        return tokens;
    }

    private void hash(int next) {
        if (next == '#') {
            literal('#', 2);
        } else if (next == '{') {
            endLiteral();
            spel();
        } else if (Character.isJavaIdentifierStart(next)) {
            endLiteral();
            reference();
        } else {
            throw problem(at, "'#' is not followed by a name: write #name, or ## for a literal '#'");
        }
    }

    private void literal(int c, int width) {
        if (literal.isEmpty()) {
            literalStart = at;
        }
        literal.appendCodePoint(c);
        at += width;
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            tokens.add(new Token.Literal(literal.toString(), literalStart));
            literal.setLength(0);
        }
    }

    private void spel() {
        int start = at;
        int end = ExpressionEnd.find(template, start + 2);
        if (end < 0) {
            throw problem(start, "'#{' has no closing '}'");
        }
        String source = template.substring(start + 2, end);
        if (source.isBlank()) {
            throw problem(start, "'#{}' contains no expression");
        }
        tokens.add(new Token.Spel(source, start));
        at = end + 1;
    }

    private void reference() {
        int hash = at++;
        String name = name();
        List<Step> steps = new ArrayList<>();
        while (at < template.length()) {
            if (template.charAt(at) == '[') {
                steps.add(index());
            } else if (template.charAt(at) == '.' && startsName(at + 1)) {
                int start = ++at;
                steps.add(new Step.Property(name(), start));
            } else {
                break;
            }
        }
        if (at < template.length() && template.charAt(at) == '(') {
            throw problem(at, "a path reads properties and calls no methods: write #user.name, or an expression #{…}");
        }
        tokens.add(new Token.Reference(name, List.copyOf(steps), template.substring(hash, at), hash));
    }

    private Step index() {
        int open = at;
        int close = template.indexOf(']', open);
        if (close < 0) {
            throw problem(open, "'[' has no closing ']'");
        }
        if (close == open + 1) {
            throw problem(open, "'[]' contains no index: write a position such as [0], or the key of a map");
        }
        at = close + 1;
        return new Step.Index(template.substring(open + 1, close), open);
    }

    private boolean startsName(int index) {
        return index < template.length() && Character.isJavaIdentifierStart(template.codePointAt(index));
    }

    private String name() {
        int start = at;
        while (at < template.length() && isNamePart(template.codePointAt(at))) {
            at += Character.charCount(template.codePointAt(at));
        }
        return template.substring(start, at);
    }

    private static boolean isNamePart(int c) {
        return Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
    }

    private TemplateException problem(int offset, String sentence) {
        return new TemplateException(template, offset, sentence);
    }
}
