/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_PAGE_H
#define ML_REPORT_PAGE_H

#include <stdio.h>

/* The frame of every HTML page we write: one self-contained file, light and dark, phone to print.
 * Between open and close a page holds sections; charts stand in
 *   <figure class="panel"><figcaption>...</figcaption><div class="plot">SVG</div></figure>. */

void ml_page_open(FILE *out, const char *title);
/* Ends the page with the notice and the program's version (may be NULL). */
void ml_page_close(FILE *out, const char *version);

/* A swatch with the color of a series, for legends. */
void ml_page_swatch(FILE *out, int color, int dashed);

/* Reading values off the charts with pointer, touch or arrow keys: a small script, after the data. */
void ml_page_script(FILE *out);

#endif
