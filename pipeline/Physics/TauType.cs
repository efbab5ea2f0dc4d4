using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>The truth class of a candidate; the first four are the network's classes, in this index order everywhere.</summary>
public enum TauType
{
    /// <summary>A genuine electron.</summary>
    Electron = 0,
    /// <summary>A genuine muon.</summary>
    Muon = 1,
    /// <summary>A genuine hadronic tau.</summary>
    Tau = 2,
    /// <summary>A quark or gluon jet.</summary>
    Jet = 3,
    /// <summary>An electron in an embedded sample.</summary>
    EmbeddedElectron = 4,
    /// <summary>A muon in an embedded sample.</summary>
    EmbeddedMuon = 5,
    /// <summary>A hadronic tau in an embedded sample.</summary>
    EmbeddedTau = 6,
    /// <summary>A jet in an embedded sample.</summary>
    EmbeddedJet = 7,
    /// <summary>A candidate in collision data, without truth.</summary>
    Data = 8,
}

/// <summary>The names of truth classes, as used in settings, columns and files.</summary>
public static class TauTypes
{
    private static readonly string[] Names = ["e", "mu", "tau", "jet", "emb_e", "emb_mu", "emb_tau", "emb_jet", "data"];

    /// <summary>The four classes of a network, in index order.</summary>
    public static IReadOnlyList<TauType> Classes { get; } = [TauType.Electron, TauType.Muon, TauType.Tau, TauType.Jet];

    /// <summary>All types, in index order.</summary>
    public static IReadOnlyList<TauType> All { get; } = Enum.GetValues<TauType>();

    /// <summary>What a tau is discriminated against: the classes other than tau.</summary>
    public static IReadOnlyList<TauType> Fakes { get; } = [TauType.Electron, TauType.Muon, TauType.Jet];

    /// <summary>Short name: e, mu, tau, jet, emb_e, emb_mu, emb_tau, emb_jet, data.</summary>
    public static string Name(TauType type) => Names[(int)type];

    /// <summary>The type of a short name.</summary>
    /// <exception cref="Misuse">No type has that name; gives the nearest.</exception>
    public static TauType Parse(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index >= 0 ? (TauType)index : throw PhysicsErrors.UnknownName("tau type", name, Names);
    }
}
