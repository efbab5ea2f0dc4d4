using System.Reflection.Metadata;

namespace TauPipeline.Tasks;

/// <summary>What follows an instruction of IL (ECMA-335, III).</summary>
internal enum Operand { None, Byte, Word, Int, Long, Token, Table }

/// <summary>Which instruction has which operand.</summary>
internal static class Operands
{
    public static Operand Of(ILOpCode code) => code switch
    {
        (>= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s)
        or ILOpCode.Ldc_i4_s
        or (>= ILOpCode.Br_s and <= ILOpCode.Blt_un_s)
        or ILOpCode.Leave_s
        or ILOpCode.Unaligned => Operand.Byte,
        >= ILOpCode.Ldarg and <= ILOpCode.Stloc => Operand.Word,
        ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or (>= ILOpCode.Br and <= ILOpCode.Blt_un) or ILOpCode.Leave => Operand.Int,
        ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => Operand.Long,
        ILOpCode.Switch => Operand.Table,
        ILOpCode.Jmp
        or ILOpCode.Call
        or ILOpCode.Calli
        or ILOpCode.Callvirt
        or ILOpCode.Newobj
        or ILOpCode.Ldftn
        or ILOpCode.Ldvirtftn => Operand.Token,
        ILOpCode.Cpobj or ILOpCode.Ldobj or ILOpCode.Stobj or ILOpCode.Initobj or ILOpCode.Sizeof or ILOpCode.Constrained => Operand.Token,
        ILOpCode.Ldstr
        or ILOpCode.Ldtoken
        or ILOpCode.Castclass
        or ILOpCode.Isinst
        or ILOpCode.Box
        or ILOpCode.Unbox
        or ILOpCode.Unbox_any => Operand.Token,
        (>= ILOpCode.Ldfld and <= ILOpCode.Stsfld) or ILOpCode.Newarr or ILOpCode.Ldelema or ILOpCode.Ldelem or ILOpCode.Stelem =>
            Operand.Token,
        ILOpCode.Refanyval or ILOpCode.Mkrefany => Operand.Token,
        _ => Operand.None,
    };
}
