package org.resilientmail.agent.tool;

/** Ends the tool with a message for the person who called it: what is wrong, and what is allowed or to be done. */
final class ToolException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private ToolException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The command line, or a file it names, cannot be used. */
    static ToolException usage(String message) {
        return new ToolException(Tool.WRONG_USAGE, message);
    }

    /** It was tried, and failed. */
    static ToolException failed(String message) {
        return new ToolException(Tool.FAILED, message);
    }

    int status() {
        return status;
    }
}
