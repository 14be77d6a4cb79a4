package org.resilientmail.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells that a file has changed, at the price of one system call.
 *
 * @param path as configured
 * @param modified null when there is no such file
 * @param size in bytes
 * @param fileKey the file's identity where the system has one, so that a file replaced by another is seen
 */
record FileStamp(String path, FileTime modified, long size, Object fileKey) {

    static FileStamp of(String path) {
        try {
            BasicFileAttributes file = Files.readAttributes(Path.of(path.strip()), BasicFileAttributes.class);
            return new FileStamp(path, file.lastModifiedTime(), file.size(), file.fileKey());
        } catch (IOException | InvalidPathException missing) {
            // whether that is a mistake, and how to say so, is for the resolution
            return new FileStamp(path, null, 0, null);
        }
    }
}
