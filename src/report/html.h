/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_REPORT_HTML_H
#define ML_REPORT_HTML_H

#include "report/report.h"

/* The parts of the page of one run. */
typedef struct MlPage {
    const MlResult *r;
    const MlReportOptions *o;
    FILE *out;
} MlPage;

milieu_code ml_html_charts(const MlPage *p);
/* Curves of nerve and muscle at chosen moments, where they are notable: computed here, a second. */
milieu_code ml_html_nerve(const MlPage *p);
/* The electrocardiogram at the start, when it was farthest from normal and at the end, where it is notable: computed here, a second. */
milieu_code ml_html_heart(const MlPage *p);
milieu_code ml_html_story(const MlPage *p);
void ml_html_breaches(const MlPage *p);
void ml_html_values(const MlPage *p);
void ml_html_times(const MlPage *p);
void ml_html_balances(const MlPage *p);

/* Numbers for reading: a true minus sign. */
void ml_html_fixed(const MlPage *p, double v, int decimals);
void ml_html_signed(const MlPage *p, double v, int decimals);
/* Sentences: escaped, numbers tied to their units. */
void ml_html_words(const MlPage *p, const char *text);
const char *ml_html_unit(const MlPage *p, int output); /* with a degree sign */

#endif
