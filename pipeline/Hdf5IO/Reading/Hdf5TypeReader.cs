using PureHDF;
using TauPipeline.Columns;

namespace TauPipeline.Hdf5IO;

/// <summary>Describes the types that PureHDF finds in a file.</summary>
internal static class Hdf5TypeReader
{
    private const int MostSize = 1 << 30;

    public static Hdf5Type Of(IH5DataType type, Hdf5Place at)
    {
        if (type.Size is <= 0 or > MostSize) throw Hdf5Errors.TooLarge(at, "an element", type.Size);
        return type.Class switch
        {
            H5DataTypeClass.FixedPoint => Number(type, "integer", IntegerOf(type)),
            H5DataTypeClass.FloatingPoint => OfFloat(type),
            H5DataTypeClass.String => new Hdf5Type("string", type.Size),
            H5DataTypeClass.VariableLength => new Hdf5Type(
                Unstated.Description(type).Contains("Type = String", StringComparison.Ordinal) ? "string" : "other",
                type.Size)
            {
                IsPlain = false,
            },
            H5DataTypeClass.Enumerated => OfEnum(type, at),
            H5DataTypeClass.Compound => OfCompound(type, at),
            H5DataTypeClass.Array => OfArray(type, at),
            H5DataTypeClass.BitField or H5DataTypeClass.Opaque => new Hdf5Type("bytes", type.Size),
            _ => new Hdf5Type("other", type.Size) { IsPlain = false },
        };
    }

    private static ColumnType? IntegerOf(IH5DataType type) => (type.FixedPoint.IsSigned, type.Size) switch
    {
        (false, 1) => ColumnType.UInt8,
        (false, 2) => ColumnType.UInt16,
        (false, 4) => ColumnType.UInt32,
        (false, 8) => ColumnType.UInt64,
        (true, 1) => ColumnType.Int8,
        (true, 2) => ColumnType.Int16,
        (true, 4) => ColumnType.Int32,
        (true, 8) => ColumnType.Int64,
        _ => null,
    };

    // Only IEEE 754's own: there are files with floats of other exponents, bfloat16 for one.
    private static Hdf5Type OfFloat(IH5DataType type)
    {
        (ColumnType? column, int exponent) = type.Size switch
        {
            2 => (ColumnType.Float32, 5),
            4 => (ColumnType.Float32, 8),
            8 => (ColumnType.Float64, 11),
            _ => ((ColumnType?)null, 0),
        };
        bool isIeee = Unstated.Description(type).Contains($"ExponentSize = {exponent},", StringComparison.Ordinal);
        Hdf5Type number = Number(type, "float", isIeee ? column : null);
        return type.Size == 2 && number.Column is not null ? number with { Name = "float16" } : number;
    }

    // Numbers that use some of their bits only are none that a column holds.
    private static Hdf5Type Number(IH5DataType type, string kind, ColumnType? column)
    {
        string description = Unstated.Description(type);
        bool isWhole =
            description.Contains($"BitOffset = 0, BitPrecision = {8 * type.Size}", StringComparison.Ordinal)
            && !description.Contains("VaxEndian", StringComparison.Ordinal);
        return column is { } known && isWhole
            ? new Hdf5Type(ColumnTypes.Name(known), type.Size)
            {
                Column = known,
                IsBigEndian = description.Contains("BigEndian", StringComparison.Ordinal),
            }
            : new Hdf5Type($"{kind} of {type.Size} bytes", type.Size);
    }

    // h5py's bool: an enum of one byte with FALSE = 0 and TRUE = 1.
    private static Hdf5Type OfEnum(IH5DataType type, Hdf5Place at)
    {
        Hdf5Type integers = Of(type.Enumeration.BaseType, at);
        bool isBool = integers.Size == 1 && type.Enumeration.GetMembers<sbyte>() is { Count: 2 } names
            && names.TryGetValue("FALSE", out sbyte no) && no == 0 && names.TryGetValue("TRUE", out sbyte yes) && yes == 1;
        return isBool ? new Hdf5Type("bool", 1) { Column = ColumnType.Bool } : integers;
    }

    private static Hdf5Type OfArray(IH5DataType type, Hdf5Place at)
    {
        Hdf5Type one = Of(type.Array.BaseType, at);
        IReadOnlyList<uint> lengths = Unstated.Lengths(type.Array);
        double values = lengths.Aggregate(1.0, (product, length) => product * length);
        if (values < 1 || values * one.Size != type.Size) throw Hdf5Errors.TooLarge(at, "an array", type.Size);
        return one with
        {
            Name = $"{one.Name}[{string.Join(',', lengths)}]",
            Size = type.Size,
            Values = (int)values * one.Values,
            Fields = [],
            Column = one.Fields.Count == 0 ? one.Column : null,
        };
    }

    private static Hdf5Type OfCompound(IH5DataType type, Hdf5Place at)
    {
        Hdf5Field[] fields = [.. type.Compound.Members.Select(member => new Hdf5Field(member.Name, member.Offset, Of(member.Type, at)))];
        if (fields.FirstOrDefault(field => field.Offset < 0 || field.Offset > type.Size - field.Type.Size) is { } beyond)
            throw Hdf5Errors.TooLarge(at, $"field '{beyond.Name}'", beyond.Type.Size);
        string names = string.Join(", ", fields.Select(field => $"{field.Name}: {field.Type.Name}"));
        return new Hdf5Type($"{{{names}}}", type.Size) { Fields = fields, IsPlain = fields.All(field => field.Type.IsPlain) };
    }
}
