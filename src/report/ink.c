/* SPDX-License-Identifier: Apache-2.0 */
#include "report/ink.h"

void ml_ink(FILE *out, int color, MlInk ink) {
    static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m", "\033[33m", "\033[1;31m"};
    if (color) fputs(codes[ink], out);
}

void ml_heading(FILE *out, int color, const char *text) {
    putc('\n', out);
    ml_ink(out, color, ML_BOLD);
    fputs(text, out);
    ml_ink(out, color, ML_PLAIN);
    putc('\n', out);
}
