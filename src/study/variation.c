/* SPDX-License-Identifier: Apache-2.0 */
#include "study/variation.h"

#include "base/text.h"
#include "products/csv.h"
#include "products/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

extern const MlDataFile ml_variation_file; /* written by cmake/embed.cmake */

enum { QUANTITY, BETWEEN_SD, BETWEEN_KIND, CHANGE_SD, CHANGE_KIND, SOURCE, NCOLUMN };
static const char *const columns[] = {"quantity",  "between_sd",  "between_kind",
                                      "change_sd", "change_kind", "source"};

static void wrong(MlCsv *csv, int column, const char *what) {
    const MlCsvCell *c = &csv->cell[column < csv->ncell ? column : 0];
    ml_csv_fail(csv->errors, csv->file, c->line, c->column, "%s: found '%s'; %s", columns[column], c->text,
                what);
}

static MlSpreadOf read_spread(MlCsv *csv, int column) {
    MlSpreadOf s = {NAN, false};
    const char *end = "", *kind = csv->cell[column + 1].text;
    if (!*csv->cell[column].text) return s;
    if (!ml_text_number(csv->cell[column].text, &end, &s.sd) || *end || !(s.sd > 0))
        wrong(csv, column, "a number above 0 belongs here");
    s.relative = !strcmp(kind, "relative");
    if (!s.relative && strcmp(kind, "absolute") != 0) wrong(csv, column + 1, "allowed: absolute, relative");
    return s;
}

static void read_row(MlCsv *csv, MlVariations *out) {
    if (csv->ncell != NCOLUMN) {
        ml_csv_fail(csv->errors, csv->file, csv->cell[0].line, 1, "%d cells; %d belong in a row", csv->ncell,
                    NCOLUMN);
        return;
    }
    const char *name = csv->cell[QUANTITY].text;
    const int i = !strcmp(name, "time") ? (int)ML_VARIATION_TIME : ml_output_find(name);
    if (i < 0) {
        wrong(csv, QUANTITY, "no such quantity");
        return;
    }
    if (!isnan(out->of[i].between.sd)) wrong(csv, QUANTITY, "it has a row already");
    if (!*csv->cell[SOURCE].text) wrong(csv, SOURCE, "every row has its source");
    out->of[i] = (MlVariation){read_spread(csv, BETWEEN_SD), read_spread(csv, CHANGE_SD)};
}

static void read_table(MlCsv *csv, MlVariations *out) {
    for (int row = 0; ml_csv_row(csv); row++) {
        if (row > 0) {
            read_row(csv, out);
            continue;
        }
        for (int i = 0; i < NCOLUMN; i++)
            if (i >= csv->ncell || strcmp(csv->cell[i].text, columns[i]) != 0) {
                wrong(csv, i, "the first row names the columns");
                return;
            }
    }
}

milieu_code ml_variations_read(MlVariations *out, const char *file, const char *text, size_t size,
                               milieu_error *err) {
    MlCsvErrors errors = {0};
    MlCsv csv;
    for (int i = 0; i < ML_NVARIATION; i++) out->of[i] = (MlVariation){{NAN, false}, {NAN, false}};
    char *copy = malloc(size + 1);
    if (!copy) return ml_fail(err, MILIEU_NO_MEMORY, file, "out of memory");
    memcpy(copy, text, size);
    copy[size] = 0;
    ml_csv_open(&csv, file, copy, &errors);
    read_table(&csv, out);
    milieu_code code = errors.n ? MILIEU_BAD_INPUT : MILIEU_OK;
    if (errors.n && err) *err = errors.item[0];
    if (!errors.n && errors.lost) code = ml_fail(err, MILIEU_NO_MEMORY, file, "out of memory");
    ml_csv_errors_free(&errors);
    free(copy);
    return code;
}

milieu_code ml_variations_load(MlVariations *out, milieu_error *err) {
    return ml_variations_read(out, ml_variation_file.name, ml_variation_file.text, ml_variation_file.size,
                              err);
}
