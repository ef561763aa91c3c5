/* SPDX-License-Identifier: Apache-2.0 */
/* A cell of the human ventricle: what it is made of, its state, and its steps, for one cell or eight side by side.
 * heart_cell.inc states the equations; heart.h is what a tissue user wants. */
#ifndef ML_TISSUE_HEART_CELL_H
#define ML_TISSUE_HEART_CELL_H

#include "lanes/real8.h"
#include "tissue/bath.h"

/* Layers of the wall. */
typedef enum MlHeartKind { ML_HEART_ENDO, ML_HEART_EPI, ML_HEART_MID, ML_NHEART } MlHeartKind;

/* CELL(id): what differs from cell to cell and bath to bath. */
#define ML_HEART_CELL(CELL)                                                                                  \
    CELL(thermal)   /* RT/F, mV */                                                                           \
    CELL(gate_rate) /* times the published rates of gates */                                                 \
    CELL(shift)     /* gates see V less this, mV */                                                          \
    CELL(sodium)    /* of the bath, mmol/L */                                                                \
    CELL(potassium)                                                                                          \
    CELL(calcium)                                                                                            \
    CELL(chloride)                                                                                           \
    CELL(sodium_channels) /* conductances, mS/uF */                                                          \
    CELL(late_sodium)                                                                                        \
    CELL(transient)                                                                                          \
    CELL(transient_epi)    /* 1: inactivation of the transient outward current as in the epicardium */       \
    CELL(calcium_channels) /* permeability, L/(F ms) */                                                      \
    CELL(inactivating)     /* calcium at which channels begin to be inactivated by it, mmol/L */             \
    CELL(unbinding)        /* calcium leaving these while they stay depolarized, 1/ms */                     \
    CELL(bound_time)       /* in which those that calcium has bound to are inactivated, ms */                \
    CELL(rapid)                                                                                              \
    CELL(rapid_power) /* of potassium outside, by which it grows */                                          \
    CELL(slow)                                                                                               \
    CELL(slow_gain)                                                                                          \
    CELL(slow_half) /* calcium that brings half of it, mmol/L */                                             \
    CELL(inward)                                                                                             \
    CELL(exchanger) /* A/F per 1/s */                                                                        \
    CELL(pump)                                                                                               \
    CELL(background_potassium)                                                                               \
    CELL(uptake)     /* times the published one */                                                           \
    CELL(release)                                                                                            \
    CELL(calmodulin) /* mmol/L */                                                                            \
    CELL(stimulus)   /* A/F while it is on, negative: inward */

typedef struct MlHeartCell {
#define CELL(id) double id;
    ML_HEART_CELL(CELL)
#undef CELL
} MlHeartCell;

/* STATE(id, endo, epi, mid, body): the states, and what the published cells of the three layers have at rest, beating once a second; the
 * same of the endocardium in the body, settled. */
#define ML_HEART_STATE(STATE)\
    STATE(v, -88.8692, -89.0155, -88.959, -93.8068) \
    STATE(sodium, 12.0997, 12.8383, 14.9968, 13.5977) \
    STATE(sodium_ss, 12.1, 12.8386, 14.9974, 13.5984) \
    STATE(potassium, 142.413, 142.46, 142.625, 142.872) \
    STATE(potassium_ss, 142.412, 142.46, 142.625, 142.872) \
    STATE(calcium, 7.45542e-05, 7.44972e-05, 9.17163e-05, 6.78017e-05) \
    STATE(calcium_ss, 6.50419e-05, 6.38115e-05, 7.2514e-05, 5.52849e-05) \
    STATE(store, 1.53037, 1.83377, 1.94323, 1.53579) \
    STATE(release_store, 1.52803, 1.83451, 1.9504, 1.53468) \
    STATE(m, 0.000787657, 0.000763229, 0.000772567, 0.000270227) \
    STATE(h, 0.830658, 0.833545, 0.832434, 0.907008) \
    STATE(hp, 0.674097, 0.678842, 0.677013, 0.808483) \
    STATE(j, 0.830467, 0.833498, 0.83229, 0.906908) \
    STATE(jp, 0.830094, 0.833312, 0.831809, 0.906796) \
    STATE(ml, 0.00015967, 0.000155294, 0.000156968, 6.25037e-05) \
    STATE(hl, 0.528262, 0.536468, 0.527175, 0.672703) \
    STATE(hlp, 0.288776, 0.300981, 0.280556, 0.406336) \
    STATE(a, 0.00094425, 0.000934977, 0.000938545, 0.000676876) \
    STATE(ap, 0.000481107, 0.000476381, 0.0004782, 0.000344832) \
    STATE(i_fast, 0.999617, 0.999627, 0.999623, 0.999839) \
    STATE(i_slow, 0.593681, 0.999624, 0.56899, 0.596381) \
    STATE(ip_fast, 0.999617, 0.999627, 0.999623, 0.999839) \
    STATE(ip_slow, 0.654092, 0.999626, 0.627685, 0.661114) \
    STATE(d, 0, 0, 0, 3.96813e-177) \
    STATE(f_fast, 1, 1, 1, 1) \
    STATE(fp_fast, 1, 1, 1, 1) \
    STATE(f_slow, 0.938965, 0.948443, 0.921126, 0.933894) \
    STATE(fca_fast, 1, 1, 1, 1) \
    STATE(fcap_fast, 1, 1, 1, 1) \
    STATE(fca_slow, 0.9999, 0.999933, 0.999799, 0.99986) \
    STATE(jca, 0.999977, 0.999982, 0.999967, 1) \
    STATE(nca_ss, 0.000492095, 0.000456804, 0.000748915, 8.72566e-07) \
    STATE(nca, 0.000833712, 0.000830893, 0.00184513, 1.96242e-06) \
    STATE(ks1, 0.247157, 0.232709, 0.264965, 0.309258) \
    STATE(ks2, 0.000175017, 0.00017212, 0.000173243, 0.000100705) \
    STATE(kr_c0, 0.998074, 0.998186, 0.9979, 0.998762) \
    STATE(kr_c1, 0.000844745, 0.000836059, 0.000839251, 0.00059676) \
    STATE(kr_c2, 0.000698172, 0.000685609, 0.000704846, 0.000488991) \
    STATE(kr_o, 0.000370405, 0.000282493, 0.00053662, 0.000148617) \
    STATE(kr_i, 1.30239e-05, 9.84492e-06, 1.88036e-05, 4.03082e-06) \
    STATE(release, 0, 0, 0, 6.97403e-71) \
    STATE(release_p, 0, 0, 0, 2.57781e-57) \
    STATE(kinase, 0.0110753, 0.0129726, 0.0187899, 0.0151031)

enum {
#define STATE(id, ...) ML_HEART_##id,
    ML_HEART_STATE(STATE)
#undef STATE
        ML_HEART_NSTATE
};

/* The published cell in the published bath but for potassium and calcium, mmol/L. */
MlHeartCell ml_heart_published(MlHeartKind kind, double potassium, double calcium);
/* A cell in a bath. */
MlHeartCell ml_heart_cell(MlHeartKind kind, const MlBath *bath);
/* What magnesium leaves of the calcium channels, to normal. */
double ml_heart_magnesium(const MlBath *bath);
/* By how much gates of the heart are moved, mV: as those of nerve, with less of magnesium. */
double ml_heart_shift(const MlBath *bath);

/* The state that a published cell has before a beat. */
void ml_heart_start(MlHeartKind kind, double state[ML_HEART_NSTATE]);
/* The same of a cell of the endocardium in the body. */
void ml_heart_start_body(double state[ML_HEART_NSTATE]);

/* A beat: from the stimulus on, `cycle` ms. Steps are short around the upstroke. trace: the potential at each ms, NULL where
 * nobody asks, room for `cycle` + 1. */
typedef struct MlHeartBeat {
    double cycle;
    double stimulus_time;
    double giving; /* 0: a cell by itself; else one among neighbors, see heart_cell.inc */
    double fine;  /* times the usual step; 1 */
    double hurry; /* times the pace of sodium in the cytosol, whose settling takes minutes; 0 and 1: none */
} MlHeartBeat;

/* SEEN(id): of a beat: potential before it and greatest, mV; greatest rise, V/s; greatest calcium, mmol/L; time from the greatest rise
 * until 90 and 50 % of the way back, ms (NaN: not within the beat); greatest potential reached after falling, as it rises again, above
 * the lowest between, mV. */
#define ML_HEART_SEEN(SEEN) SEEN(rest) SEEN(peak) SEEN(rise) SEEN(calcium_peak) SEEN(apd90) SEEN(apd50) SEEN(after)

enum {
#define SEEN(id) ML_HEART_SEEN_##id,
    ML_HEART_SEEN(SEEN)
#undef SEEN
        ML_HEART_NSEEN
};

void ml_heart_beat1(const MlHeartCell *cell, const MlHeartBeat *beat, double *state, double *seen, double *trace);
void ml_heart_beat8(const MlHeartCell *cell, const MlHeartBeat *beat, MlReal8 *state, MlReal8 *seen, MlReal8 *trace);

/* The wall of the left ventricle, from endocardium to epicardium, a chain of cells in groups of eight. */
enum { ML_HEART_GROUPS = 8, ML_HEART_WALL = 8 * ML_HEART_GROUPS, ML_HEART_TRACE = 700, ML_HEART_STRUCK = 3 };

/* The last of some beats from a stimulus at the endocardium, once a ms. */
typedef struct MlHeartWall {
    int shown[ML_NHEART];                   /* which cells are traced */
    double ecg[ML_HEART_TRACE];             /* before the epicardium, arbitrary unit */
    double trace[ML_NHEART][ML_HEART_TRACE]; /* mV */
    double activated[ML_HEART_WALL];        /* ms, NaN: not */
    double after[ML_HEART_WALL];            /* rise after the plateau, mV */
} MlHeartWall;

void ml_heart_wall_run(const MlHeartCell cell[ML_HEART_WALL], const MlHeartBeat *beat, int beats, MlReal8 (*state)[ML_HEART_NSTATE],
                       MlReal8 (*seen)[ML_HEART_NSEEN], MlHeartWall *out);

#endif
