/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_PRODUCTS_DRUG_H
#define ML_PRODUCTS_DRUG_H

#include "products/csv.h"

/* ROUTE(id, name, text): ways into the body, as the file format writes them. */
#define ML_ROUTES(ROUTE)                                                                                     \
    ROUTE(ORAL, "oral", "By mouth")                                                                          \
    ROUTE(IV, "iv", "Into a vein")                                                                           \
    ROUTE(IM, "im", "Into a muscle")                                                                         \
    ROUTE(SUBCUTANEOUS, "subcutaneous", "Under the skin")                                                    \
    ROUTE(INHALED, "inhaled", "By inhaler")                                                                  \
    ROUTE(NEBULIZED, "nebulized", "By nebulizer")                                                            \
    ROUTE(NASAL, "nasal", "Into the nose")                                                                   \
    ROUTE(RECTAL, "rectal", "Into the rectum")                                                               \
    ROUTE(TUBE, "tube", "Through a feeding tube")

typedef enum MlDrugRoute {
#define ROUTE(id, name, text) ML_ROUTE_##id,
    ML_ROUTES(ROUTE)
#undef ROUTE
        ML_NDRUG_ROUTE
} MlDrugRoute;

/* EFFECT(id, name, text): what of the model a drug acts on. */
#define ML_DRUG_EFFECTS(EFFECT)                                                                              \
    EFFECT(V2_AGONIST, "v2-agonist", "acts as vasopressin on the collecting duct: keeps water")              \
    EFFECT(NKCC2_BLOCK, "nkcc2-block", "blocks sodium transport of the loop")                                \
    EFFECT(NCC_BLOCK, "ncc-block", "blocks sodium chloride cotransport of the distal tubule")                \
    EFFECT(ENAC_BLOCK, "enac-block", "blocks the sodium channel of the collecting duct: keeps potassium")    \
    EFFECT(MINERALOCORTICOID_BLOCK, "mineralocorticoid-block", "blocks the receptor of aldosterone: keeps potassium")\
    EFFECT(ACE_BLOCK, "ace-block", "blocks the making of angiotensin II")                                    \
    EFFECT(AT1_BLOCK, "at1-block", "blocks the receptor of angiotensin II")                                  \
    EFFECT(V2_BLOCK, "v2-block", "competes with vasopressin at the collecting duct: water leaves")           \
    EFFECT(SGLT2_BLOCK, "sglt2-block", "blocks glucose uptake of the proximal tubule")                       \
    EFFECT(GLUCOCORTICOID, "glucocorticoid", "acts as cortisol")                                             \
    EFFECT(MINERALOCORTICOID, "mineralocorticoid", "acts as aldosterone")                                    \
    EFFECT(ALDOSTERONE_STOP, "aldosterone-synthesis-block", "stops the making of aldosterone")               \
    EFFECT(COX_BLOCK, "cox-block", "stops prostaglandins: keeps sodium and water, lowers renin")             \
    EFFECT(CALCINEURIN_BLOCK, "calcineurin-block", "raises distal cotransport: keeps potassium, loses magnesium")\
    EFFECT(AQUAPORIN_LOSS, "aquaporin-loss", "takes away the answer to vasopressin over weeks")              \
    EFFECT(TUBULAR_TOXIN, "tubular-toxin", "poisons tubules: magnesium, with amphotericin potassium are lost")\
    EFFECT(VASOPRESSOR, "vasopressor", "narrows arteries: raises pressure")                                  \
    EFFECT(DEPOLARIZER, "muscle-depolarizer", "depolarizes muscle: potassium leaves it")                     \
    EFFECT(ANHYDRASE_BLOCK, "carbonic-anhydrase-block", "blocks bicarbonate uptake of the kidney")           \
    EFFECT(BETA2_AGONIST, "beta2-agonist", "drives the sodium pumps: potassium enters cells")                \
    EFFECT(BETA_BLOCK, "beta-block", "blocks what adrenaline does to the pumps")                             \
    EFFECT(PUMP_BLOCK, "sodium-pump-block", "blocks sodium pumps")                                           \
    EFFECT(POTASSIUM_BINDER, "potassium-binder", "binds potassium in the gut")                               \
    EFFECT(CALCITRIOL, "calcitriol", "acts as calcitriol")                                                   \
    EFFECT(VITAMIN_D, "vitamin-d", "becomes 25-hydroxyvitamin D")                                            \
    EFFECT(PTH_AGONIST, "pth-agonist", "acts as parathyroid hormone")                                        \
    EFFECT(CALCIMIMETIC, "calcimimetic", "makes the glands see more calcium")                                \
    EFFECT(ACID_BLOCK, "proton-pump-block", "stops stomach acid: less magnesium is absorbed")                \
    EFFECT(RESORPTION_BLOCK, "bone-resorption-block", "stops bone from being resorbed")                      \
    EFFECT(PHOSPHATE_BINDER, "phosphate-binder", "binds phosphate in the gut")                               \
    EFFECT(CHELATOR, "calcium-chelator", "binds calcium")                                                    \
    EFFECT(LAXATIVE, "laxative", "draws water and salt into the colon")                                      \
    EFFECT(ANTISECRETORY, "antisecretory", "keeps back what the gut sheds, slows its passage")                   \
    EFFECT(INSULIN, "insulin", "acts as insulin")                                                            \
    EFFECT(OSMOLE, "osmole", "is a solute that holds water")

typedef enum MlDrugEffect {
#define EFFECT(id, name, text) ML_EFFECT_##id,
    ML_DRUG_EFFECTS(EFFECT)
#undef EFFECT
        ML_NDRUG_EFFECT
} MlDrugEffect;

/* One drug: one compartment, absorption and elimination of first order, and E = x^hill / (half^hill + x^hill), x being
 * the plasma concentration, the rate of urinary excretion, or the amount that acts. NaN: not known, or not by this
 * route. */
typedef struct MlDrug {
    const char *name, *title, *usual, *source; /* usual: doses as given to adults */
    const char *alias; /* the first; the next follows its NUL */
    int nalias;
    int line;
    int by_mass, by_unit;                   /* doses in ng, ug, mg, g; in U */
    double ug_per_unit;                     /* U, international unit */
    double molar_mass;                      /* g/mol */
    double bioavailability[ML_NDRUG_ROUTE]; /* 0 to 1 */
    double absorption[ML_NDRUG_ROUTE];      /* half-time, min; 0: at once */
    double volume;                          /* of distribution, L/kg */
    double half_life;                       /* of elimination, min */
    double central_volume, distribution;    /* of two compartments: where it acts, L/kg; half-life of distribution, min */
    double renal_share;                     /* of elimination, unchanged in urine */
    MlDrugEffect effect;
    double ec50; /* ug/L of plasma for half the effect */
    double er50; /* ug/min of urinary excretion for half the effect; goes before ec50 where known */
    double ed50; /* ug absorbed for half the effect; goes before both */
    double hill;
    double largest;  /* ug usually given at most to an adult at once, by infusion in an hour */
    double capacity; /* mmol of potassium that a gram takes up in the gut */
} MlDrug;

const char *ml_drug_route_name(MlDrugRoute route);
const char *ml_drug_effect_name(MlDrugEffect effect);
const char *ml_drug_effect_text(MlDrugEffect effect);

typedef struct MlDrugs MlDrugs;

/* The drugs that come with the library. memory NULL: libc. */
milieu_code ml_drugs_create(const MlMemory *memory, MlDrugs **table, milieu_error *err);
/* Drugs of a text, for tests and for files of users; all errors go to errors. */
milieu_code ml_drugs_read(const MlMemory *memory, MlDrugs **table, const char *file, const char *text,
                          size_t size, MlCsvErrors *errors, milieu_error *err);
void ml_drugs_free(MlDrugs *table);

size_t ml_drugs_count(const MlDrugs *table);
const MlDrug *ml_drugs_at(const MlDrugs *table, size_t i);
const MlDrug *ml_drugs_find(const MlDrugs *table, const char *name); /* by name or alias, or NULL */
const char *ml_drugs_nearest(const MlDrugs *table, const char *name);

#endif
