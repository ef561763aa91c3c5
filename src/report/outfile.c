/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700
#include "report/outfile.h"

#include "base/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *volatile ml_outfile_unfinished;

static void release(MlOutfile *f) {
    if (ml_outfile_unfinished == f->temp) ml_outfile_unfinished = NULL;
    free(f->path);
    free(f->temp);
    *f = (MlOutfile){0};
}

static milieu_code failed(milieu_error *err, const char *path, const char *what, int number) {
    char why[128];
    if (strerror_r(number, why, sizeof why)) snprintf(why, sizeof why, "error %d", number);
    return ml_fail(err, MILIEU_FILE_IO, path, "cannot %s: %s", what, why);
}

static int is_regular_or_new(const char *path) {
    struct stat s;
    return stat(path, &s) != 0 || S_ISREG(s.st_mode);
}

/* Where a link leads, so that it stays. */
static char *file_behind(const char *path) {
    struct stat s;
    const int is_link = !ml_outfile_is_stdout(path) && lstat(path, &s) == 0 && S_ISLNK(s.st_mode);
    char *file = is_link ? realpath(path, NULL) : NULL;
    return file ? file : strdup(path);
}

/* Opens a new file beside path, so that the rename stays within one file system, with the rights of the one it
 * will replace. */
static int open_beside(MlOutfile *f) {
    size_t size = strlen(f->path) + 48;
    struct stat old;
    f->temp = malloc(size);
    if (!f->temp) return -1;
    for (int i = 0; i < 100; i++) {
        snprintf(f->temp, size, "%s.%ld-%d.tmp", f->path, (long)getpid(), i);
        int fd = open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd < 0 && errno == EEXIST) continue;
        if (fd < 0) return fd;
        ml_outfile_unfinished = f->temp;
        if (stat(f->path, &old) == 0) (void)!fchmod(fd, old.st_mode & 0777);
        return fd;
    }
    return -1;
}

int ml_outfile_is_stdout(const char *path) { return path[0] == '-' && (!path[1] || path[1] == '.'); }

/* An existing file that may not be written is left alone although its folder would allow the rename. */
milieu_code ml_outfile_open(MlOutfile *f, const char *path, milieu_error *err) {
    *f = (MlOutfile){.path = file_behind(path)};
    if (!f->path) return ml_fail(err, MILIEU_NO_MEMORY, path, "out of memory");
    int fd = -1;
    if (ml_outfile_is_stdout(path))
        fd = fflush(stdout) == 0 ? dup(STDOUT_FILENO) : -1;
    else if (access(path, F_OK) != 0 || access(path, W_OK) == 0)
        fd = is_regular_or_new(path) ? open_beside(f) : open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0) f->stream = fdopen(fd, "w");
    if (f->stream) return MILIEU_OK;
    int number = errno;
    if (fd >= 0) {
        close(fd);
        if (f->temp) unlink(f->temp);
    }
    milieu_code code = failed(err, path, "write this file", number);
    release(f);
    return code;
}

void ml_outfile_discard(MlOutfile *f) {
    if (f->stream) fclose(f->stream);
    if (f->temp) unlink(f->temp);
    release(f);
}

/* Pipes and devices cannot be synchronized and say EINVAL or EROFS. */
static int to_disk(FILE *stream) {
    if (fflush(stream) != 0 || ferror(stream)) return errno ? errno : EIO;
    if (fsync(fileno(stream)) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP) return errno;
    return 0;
}

milieu_code ml_outfile_commit(MlOutfile *f, milieu_error *err) {
    errno = 0;
    int number = f->error ? f->error : to_disk(f->stream);
    if (fclose(f->stream) != 0 && !number) number = errno;
    f->stream = NULL;
    if (!number && f->temp && rename(f->temp, f->path) != 0) number = errno;
    milieu_code code = number ? failed(err, f->path, "write this file", number) : MILIEU_OK;
    if (number && f->temp) unlink(f->temp);
    release(f);
    return code;
}
