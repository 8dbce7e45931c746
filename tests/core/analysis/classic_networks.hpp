// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/graph/builder.hpp"

/// Small networks whose measures are published, typed in from their tables.
namespace entente::test {

struct ClassicTie {
    graph::Vertex a = 0, b = 0;
    int weight = 1;
};

struct ClassicNetwork {
    std::uint32_t vertices = 0;
    std::vector<ClassicTie> ties;
    std::vector<std::string_view> names = {};  ///< of the vertices, where they have some

    /// The vertex of that name.
    [[nodiscard]] graph::Vertex of(std::string_view name) const {
        return static_cast<graph::Vertex>(std::find(names.begin(), names.end(), name) - names.begin());
    }
    /// Ties of one directed type from a to b, numbered from 1.
    [[nodiscard]] graph::Snapshot snapshot() const {
        std::vector<graph::Edge> edges;
        for (const ClassicTie& t : ties)
            edges.push_back({t.a, t.b, RelationshipType{1}, RelationshipId{edges.size() + 1}});
        return graph::build(vertices, edges);
    }
    /// By number of the relationship.
    [[nodiscard]] std::vector<double> weights() const {
        std::vector<double> out{0};
        for (const ClassicTie& t : ties) out.push_back(t.weight);
        return out;
    }
};

/// Zachary 1977: 34 members of a karate club, 78 friendships; the weight counts where two of them met.
inline ClassicNetwork karate_club() {
    return {34, {
        {0, 1, 4}, {0, 2, 5}, {0, 3, 3}, {0, 4, 3}, {0, 5, 3}, {0, 6, 3}, {0, 7, 2}, {0, 8, 2}, {0, 10, 2},
        {0, 11, 3}, {0, 12, 1}, {0, 13, 3}, {0, 17, 2}, {0, 19, 2}, {0, 21, 2}, {0, 31, 2}, {1, 2, 6}, {1, 3, 3},
        {1, 7, 4}, {1, 13, 5}, {1, 17, 1}, {1, 19, 2}, {1, 21, 2}, {1, 30, 2}, {2, 3, 3}, {2, 7, 4}, {2, 8, 5},
        {2, 9, 1}, {2, 13, 3}, {2, 27, 2}, {2, 28, 2}, {2, 32, 2}, {3, 7, 3}, {3, 12, 3}, {3, 13, 3}, {4, 6, 2},
        {4, 10, 3}, {5, 6, 5}, {5, 10, 3}, {5, 16, 3}, {6, 16, 3}, {8, 30, 3}, {8, 32, 3}, {8, 33, 4}, {9, 33, 2},
        {13, 33, 3}, {14, 32, 3}, {14, 33, 2}, {15, 32, 3}, {15, 33, 4}, {18, 32, 1}, {18, 33, 2}, {19, 33, 1},
        {20, 32, 3}, {20, 33, 1}, {22, 32, 2}, {22, 33, 3}, {23, 25, 5}, {23, 27, 4}, {23, 29, 3}, {23, 32, 5},
        {23, 33, 4}, {24, 25, 2}, {24, 27, 3}, {24, 31, 2}, {25, 31, 7}, {26, 29, 4}, {26, 33, 2}, {27, 33, 4},
        {28, 31, 2}, {28, 33, 2}, {29, 32, 4}, {29, 33, 2}, {30, 32, 3}, {30, 33, 3}, {31, 32, 4}, {31, 33, 4},
        {32, 33, 5}
    }, {}};
}

/// Who stayed with the instructor when the club split; the others went with the president.
inline std::vector<graph::Vertex> karate_instructors() {
    return {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21};
}

/// Krackhardt 1990, "Assessing the political landscape": 10 people, 18 ties, in the shape of a kite.
inline ClassicNetwork krackhardt_kite() {
    return {10, {
        {0, 1}, {0, 2}, {0, 3}, {0, 5}, {1, 3}, {1, 4}, {1, 6}, {2, 3}, {2, 5}, {3, 4}, {3, 5}, {3, 6}, {4, 6},
        {5, 6}, {5, 7}, {6, 7}, {7, 8}, {8, 9}
    }, {
         "Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"
    }};
}

/// Padgett and Ansell 1993: 20 marriages among 15 families of Florence (Pucci, who married into none, left out).
inline ClassicNetwork florentine_families() {
    return {15, {
        {0, 8}, {1, 5}, {1, 6}, {1, 8}, {2, 4}, {2, 8}, {3, 6}, {3, 10}, {3, 13}, {4, 10}, {4, 13}, {6, 7},
        {6, 14}, {8, 11}, {8, 12}, {8, 14}, {9, 12}, {10, 13}, {11, 13}, {11, 14}
    }, {
         "Acciaiuoli", "Albizzi", "Barbadori", "Bischeri", "Castellani", "Ginori", "Guadagni", "Lamberteschi",
         "Medici", "Pazzi", "Peruzzi", "Ridolfi", "Salviati", "Strozzi", "Tornabuoni"
    }};
}

/// Davis, Gardner and Gardner 1941, "Deep South": 18 women (0 to 17) and the 14 events (18 to 31) they went to.
inline ClassicNetwork davis_women() {
    return {32, {
        {0, 18}, {0, 19}, {0, 20}, {0, 21}, {0, 22}, {0, 23}, {0, 25}, {0, 26}, {1, 18}, {1, 19}, {1, 20},
        {1, 22}, {1, 23}, {1, 24}, {1, 25}, {2, 19}, {2, 20}, {2, 21}, {2, 22}, {2, 23}, {2, 24}, {2, 25},
        {2, 26}, {3, 18}, {3, 20}, {3, 21}, {3, 22}, {3, 23}, {3, 24}, {3, 25}, {4, 20}, {4, 21}, {4, 22},
        {4, 24}, {5, 20}, {5, 22}, {5, 23}, {5, 25}, {6, 22}, {6, 23}, {6, 24}, {6, 25}, {7, 23}, {7, 25},
        {7, 26}, {8, 22}, {8, 24}, {8, 25}, {8, 26}, {9, 24}, {9, 25}, {9, 26}, {9, 29}, {10, 25}, {10, 26},
        {10, 27}, {10, 29}, {11, 25}, {11, 26}, {11, 27}, {11, 29}, {11, 30}, {11, 31}, {12, 24}, {12, 25},
        {12, 26}, {12, 27}, {12, 29}, {12, 30}, {12, 31}, {13, 23}, {13, 24}, {13, 26}, {13, 27}, {13, 28},
        {13, 29}, {13, 30}, {13, 31}, {14, 24}, {14, 25}, {14, 27}, {14, 28}, {14, 29}, {15, 25}, {15, 26},
        {16, 26}, {16, 28}, {17, 26}, {17, 28}
    }, {
         "Evelyn Jefferson", "Laura Mandeville", "Theresa Anderson", "Brenda Rogers", "Charlotte McDowd",
         "Frances Anderson", "Eleanor Nye", "Pearl Oglethorpe", "Ruth DeSand", "Verne Sanderson", "Myra Liddel",
         "Katherina Rogers", "Sylvia Avondale", "Nora Fayette", "Helen Lloyd", "Dorothy Murchison",
         "Olivia Carleton", "Flora Price", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11",
         "E12", "E13", "E14"
    }};
}

/// Knuth 1993, "The Stanford GraphBase": 77 characters of Les Miserables; the weight counts the chapters in which two
/// meet.
inline ClassicNetwork les_miserables() {
    return {77, {
        {0, 1, 1}, {1, 2, 8}, {1, 3, 10}, {1, 4, 1}, {1, 5, 1}, {1, 6, 1}, {1, 7, 1}, {1, 8, 2}, {1, 9, 1},
        {1, 10, 5}, {2, 3, 6}, {2, 10, 3}, {3, 10, 3}, {10, 11, 1}, {10, 12, 1}, {10, 13, 1}, {10, 14, 1},
        {10, 15, 1}, {10, 23, 9}, {10, 24, 7}, {10, 25, 12}, {10, 26, 31}, {10, 27, 17}, {10, 28, 8}, {10, 29, 2},
        {10, 31, 3}, {10, 32, 1}, {10, 33, 2}, {10, 34, 3}, {10, 35, 3}, {10, 36, 2}, {10, 37, 2}, {10, 38, 2},
        {10, 43, 3}, {10, 44, 1}, {10, 48, 1}, {10, 49, 2}, {10, 51, 2}, {10, 55, 19}, {10, 58, 4}, {10, 64, 1},
        {10, 68, 1}, {10, 69, 1}, {10, 70, 1}, {10, 71, 1}, {10, 72, 1}, {12, 23, 2}, {16, 17, 4}, {16, 18, 4},
        {16, 19, 4}, {16, 20, 3}, {16, 21, 3}, {16, 22, 3}, {16, 23, 3}, {17, 18, 4}, {17, 19, 4}, {17, 20, 3},
        {17, 21, 3}, {17, 22, 3}, {17, 23, 3}, {17, 26, 1}, {17, 55, 1}, {18, 19, 4}, {18, 20, 3}, {18, 21, 3},
        {18, 22, 3}, {18, 23, 3}, {19, 20, 4}, {19, 21, 3}, {19, 22, 3}, {19, 23, 3}, {20, 21, 5}, {20, 22, 4},
        {20, 23, 4}, {21, 22, 4}, {21, 23, 4}, {22, 23, 4}, {23, 24, 2}, {23, 25, 1}, {23, 27, 5}, {23, 29, 1},
        {23, 30, 1}, {23, 31, 2}, {24, 25, 13}, {24, 26, 4}, {24, 27, 1}, {24, 41, 2}, {24, 42, 1}, {24, 50, 1},
        {24, 68, 1}, {24, 69, 1}, {24, 70, 1}, {25, 26, 1}, {25, 27, 5}, {25, 39, 1}, {25, 40, 1}, {25, 41, 3},
        {25, 42, 2}, {25, 48, 1}, {25, 55, 2}, {25, 68, 5}, {25, 69, 6}, {25, 70, 4}, {25, 71, 1}, {25, 75, 3},
        {26, 27, 1}, {26, 43, 1}, {26, 49, 3}, {26, 51, 2}, {26, 54, 1}, {26, 55, 21}, {26, 72, 2}, {27, 28, 1},
        {27, 29, 1}, {27, 31, 1}, {27, 33, 1}, {27, 43, 1}, {27, 48, 1}, {27, 58, 6}, {27, 68, 1}, {27, 69, 2},
        {27, 70, 1}, {27, 71, 1}, {27, 72, 1}, {28, 44, 3}, {28, 45, 2}, {29, 34, 2}, {29, 35, 2}, {29, 36, 1},
        {29, 37, 1}, {29, 38, 1}, {30, 31, 2}, {34, 35, 3}, {34, 36, 2}, {34, 37, 2}, {34, 38, 2}, {35, 36, 2},
        {35, 37, 2}, {35, 38, 2}, {36, 37, 2}, {36, 38, 2}, {37, 38, 2}, {39, 52, 1}, {39, 55, 1}, {41, 42, 2},
        {41, 55, 5}, {41, 57, 1}, {41, 62, 1}, {41, 68, 1}, {41, 69, 1}, {41, 70, 1}, {41, 71, 1}, {41, 75, 1},
        {46, 47, 1}, {46, 48, 2}, {48, 55, 4}, {48, 57, 1}, {48, 58, 7}, {48, 59, 6}, {48, 60, 1}, {48, 61, 2},
        {48, 62, 7}, {48, 63, 5}, {48, 64, 5}, {48, 65, 3}, {48, 66, 1}, {48, 68, 1}, {48, 69, 1}, {48, 71, 1},
        {48, 73, 2}, {48, 74, 2}, {48, 75, 1}, {48, 76, 1}, {49, 50, 1}, {49, 51, 9}, {49, 54, 1}, {49, 55, 12},
        {49, 56, 1}, {51, 52, 1}, {51, 53, 1}, {51, 54, 2}, {51, 55, 6}, {54, 55, 1}, {55, 56, 1}, {55, 57, 1},
        {55, 58, 7}, {55, 59, 5}, {55, 61, 1}, {55, 62, 9}, {55, 63, 1}, {55, 64, 5}, {55, 65, 2}, {57, 58, 1},
        {57, 59, 2}, {57, 61, 1}, {57, 62, 2}, {57, 63, 2}, {57, 64, 1}, {57, 65, 1}, {57, 67, 3}, {58, 59, 15},
        {58, 60, 4}, {58, 61, 6}, {58, 62, 17}, {58, 63, 4}, {58, 64, 10}, {58, 65, 5}, {58, 66, 3}, {58, 70, 1},
        {58, 76, 1}, {59, 60, 2}, {59, 61, 5}, {59, 62, 13}, {59, 63, 5}, {59, 64, 9}, {59, 65, 5}, {59, 66, 1},
        {60, 61, 2}, {60, 62, 3}, {60, 63, 2}, {60, 64, 2}, {60, 65, 2}, {60, 66, 1}, {61, 62, 6}, {61, 63, 3},
        {61, 64, 6}, {61, 65, 5}, {61, 66, 1}, {62, 63, 6}, {62, 64, 12}, {62, 65, 5}, {62, 66, 2}, {62, 76, 1},
        {63, 64, 4}, {63, 65, 5}, {63, 66, 1}, {63, 76, 1}, {64, 65, 7}, {64, 66, 3}, {64, 76, 1}, {65, 66, 2},
        {65, 76, 1}, {66, 76, 1}, {68, 69, 6}, {68, 70, 4}, {68, 71, 2}, {68, 75, 3}, {69, 70, 4}, {69, 71, 2},
        {69, 75, 3}, {70, 71, 2}, {70, 75, 1}, {71, 75, 1}, {73, 74, 3}
    }, {
         "Napoleon", "Myriel", "MlleBaptistine", "MmeMagloire", "CountessDeLo", "Geborand", "Champtercier",
         "Cravatte", "Count", "OldMan", "Valjean", "Labarre", "Marguerite", "MmeDeR", "Isabeau", "Gervais",
         "Listolier", "Tholomyes", "Fameuil", "Blacheville", "Favourite", "Dahlia", "Zephine", "Fantine",
         "MmeThenardier", "Thenardier", "Cosette", "Javert", "Fauchelevent", "Bamatabois", "Perpetue", "Simplice",
         "Scaufflaire", "Woman1", "Judge", "Champmathieu", "Brevet", "Chenildieu", "Cochepaille", "Pontmercy",
         "Boulatruelle", "Eponine", "Anzelma", "Woman2", "MotherInnocent", "Gribier", "MmeBurgon", "Jondrette",
         "Gavroche", "Gillenormand", "Magnon", "MlleGillenormand", "MmePontmercy", "MlleVaubois",
         "LtGillenormand", "Marius", "BaronessT", "Mabeuf", "Enjolras", "Combeferre", "Prouvaire", "Feuilly",
         "Courfeyrac", "Bahorel", "Bossuet", "Joly", "Grantaire", "MotherPlutarch", "Gueulemer", "Babet",
         "Claquesous", "Montparnasse", "Toussaint", "Child1", "Child2", "Brujon", "MmeHucheloup"
    }};
}

}  // namespace entente::test
