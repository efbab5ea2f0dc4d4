using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Plans of ROOT's own classes that write themselves otherwise than their description says (guide section 1.5).</summary>
internal static class ItemPlans
{
    /// <summary>Version, number and bits, without a byte count.</summary>
    public static RecordPlan TObject { get; } = new("TObject",
        [("fVersion", Number(ColumnType.UInt16)), ("fUniqueID", Number(ColumnType.UInt32)), ("fBits", new BitsPlan())], ObjectHead.Never);

    /// <summary>A name and a title behind a TObject.</summary>
    public static RecordPlan TNamed { get; } = new("TNamed",
        [("TObject", TObject), ("fName", new TextPlan()), ("fTitle", new TextPlan())], ObjectHead.Always)
    { Version = 1 };

    /// <summary>One number that packs date and time, and nothing around it.</summary>
    private static RecordPlan TDatime { get; } = new("TDatime", [("fDatime", Number(ColumnType.UInt32))], ObjectHead.Never);

    /// <summary>The plan of such a class; null for any other.</summary>
    public static ItemPlan? BuiltIn(string className) => className switch
    {
        "TObject" => TObject,
        "TNamed" => TNamed,
        "TDatime" => TDatime,
        "TArrayC" => Array(ColumnType.Int8),
        "TArrayS" => Array(ColumnType.Int16),
        "TArrayI" => Array(ColumnType.Int32),
        "TArrayL" or "TArrayL64" => Array(ColumnType.Int64),
        "TArrayF" => Array(ColumnType.Float32),
        "TArrayD" => Array(ColumnType.Float64),
        _ => null,
    };

    // A count, then the values, without a head.
    private static ListPlan Array(ColumnType type) => new(Number(type));

    private static NumberPlan Number(ColumnType type) => new(NumberCoding.Plain(type), []);
}
