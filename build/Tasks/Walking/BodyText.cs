using System.Globalization;
using System.Reflection.Metadata;
using System.Text;

namespace TauPipeline.Tasks;

/// <summary>The body of a method: locals, instructions with names for tokens, and what is caught where.</summary>
internal static class BodyText
{
    private const int SecondPage = 0xFE;

    public static void Write(StringBuilder to, MethodBodyBlock body, Room room, MemberText member)
    {
        if (!body.LocalSignature.IsNil)
            to.Append(body.LocalVariablesInitialized ? "locals init " : "locals ")
                .AppendJoin(", ", room.Reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(member.Names(room), null))
                .Append('\n');
        BlobReader il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            int first = il.ReadByte();
            var code = (ILOpCode)(first == SecondPage ? first << 8 | il.ReadByte() : first);
            to.Append(CultureInfo.InvariantCulture, $"{(int)code:x} ");
            Write(to, Operands.Of(code), ref il, room, member);
            to.Append('\n');
        }
        foreach (ExceptionRegion region in body.ExceptionRegions)
            to.Append(
                    CultureInfo.InvariantCulture,
                    $"{region.Kind} {region.TryOffset} {region.TryLength} {region.HandlerOffset} {region.HandlerLength} {region.FilterOffset} "
                )
                .Append(region.CatchType.IsNil ? "" : member.Names(room).Of(region.CatchType)).Append('\n');
    }

    private static void Write(StringBuilder to, Operand operand, ref BlobReader il, Room room, MemberText member)
    {
        switch (operand)
        {
            case Operand.Byte: to.Append(il.ReadSByte()); break;
            case Operand.Word: to.Append(il.ReadInt16()); break;
            case Operand.Int: to.Append(il.ReadInt32()); break;
            case Operand.Long: to.Append(il.ReadInt64()); break;
            case Operand.Token: to.Append(member.Token(room, il.ReadInt32())); break;
            case Operand.Table:
                for (int left = il.ReadInt32(); left > 0; left--) to.Append(il.ReadInt32()).Append(' ');
                break;
        }
    }
}
