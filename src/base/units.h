/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_BASE_UNITS_H
#define ML_BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

/* Numbers with units, as users write them: "500 mL", "4 h 30 min", "5 pg/kg/min", "6 %".
 * The factor table is units.def. Nothing here depends on the locale. */

typedef enum MlDimension {
#define DIMENSION(id, unit, text) ML_DIM_##id,
#include "base/units.def"
    ML_NDIM
} MlDimension;

/* The independent magnitudes a unit is a product of. PER_KG is any mass below a division bar: per kilogram
 * of body, of product, of water. */
typedef enum MlBase {
    ML_BASE_NONE,
    ML_BASE_TIME,
    ML_BASE_VOLUME,
    ML_BASE_MASS,
    ML_BASE_AMOUNT,
    ML_BASE_CHARGE,
    ML_BASE_OSMOLES,
    ML_BASE_IU,
    ML_BASE_SERVING,
    ML_BASE_ENERGY,
    ML_BASE_POWER,
    ML_BASE_PRESSURE,
    ML_BASE_LENGTH,
    ML_BASE_TEMPERATURE,
    ML_BASE_VOLTAGE,
    ML_BASE_CLOTHING,
    ML_BASE_PER_KG,
    ML_NBASE
} MlBase;

typedef struct MlUnit {
    double factor; /* value in base units = value * factor + offset */
    double offset; /* only for degF and K standing alone */
    bool percent;  /* written with % and nothing else */
    signed char power[ML_NBASE];
} MlUnit;

/* A number as read, with its unit. */
typedef struct MlQuantity {
    double number; /* as written; sums such as 4 h 30 min are in the first unit */
    bool has_unit;
    MlUnit unit;
    char unit_text[48]; /* as written */
    char rest[64];      /* words after the unit: "of sweat_volume", "urea-nitrogen"; empty if none */
} MlQuantity;

/* What turns mass into amount, charge into amount, international units into mass. 0: not defined. */
typedef struct MlMolar {
    double molar_mass; /* g/mol */
    double valence;    /* signed */
    double g_per_iu;
} MlMolar;

typedef enum MlUnitStatus {
    ML_UNIT_OK,
    ML_UNIT_NO_NUMBER,  /* the text does not begin with a number */
    ML_UNIT_BAD_NUMBER, /* 1e999, nan, 1.2.3 */
    ML_UNIT_UNKNOWN,    /* unit_text holds the unknown unit */
    ML_UNIT_MIXED,      /* a sum of different dimensions: 4 h 30 mL */
    ML_UNIT_COMMA       /* a comma inside the number */
} MlUnitStatus;

/* Parses the unit in text[0, n). On ML_UNIT_UNKNOWN unknown (of size 48, may be NULL) gets the part. */
MlUnitStatus ml_unit_parse(const char *text, size_t n, MlUnit *unit, char *unknown);

/* Parses a number with its unit. */
MlUnitStatus ml_quantity_parse(const char *text, MlQuantity *q);

bool ml_unit_same(const MlUnit *a, const MlUnit *b); /* same dimension */

enum {
    ML_CONVERT_DIFFERENCE = 1, /* a difference of temperatures: no offset */
    ML_CONVERT_SOLUTION = 2    /* % is grams per 100 mL (or per 100 g) */
};

/* Value of q in the unit `to`, by way of the substance where mass, amount, charge and IU change into one
 * another (NULL: no substance). false: the dimensions do not agree, or the result is not finite. */
bool ml_quantity_convert(const MlQuantity *q, const char *to, const MlMolar *substance, unsigned flags,
                         double *value);

/* The dimension's own unit ("L/min") and its words ("a volume per time"). */
const char *ml_dimension_unit(MlDimension d);
const char *ml_dimension_text(MlDimension d);

/* Table access for lists: row i of the unit table, false past the end. */
typedef struct MlUnitRow {
    const char *name, *aliases, *text;
    MlBase base;
    int power;
    double factor;
} MlUnitRow;
const MlUnitRow *ml_unit_row(int i);
const char *ml_base_unit(MlBase base); /* "min", "L", "g", ... */

#endif
